lac_top.v
