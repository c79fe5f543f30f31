// Random shapes for tb_lac_a_walk, which includes this: task pick draws a matrix or a convolution with its loop order,
// and sets the registers of the A reader, so that what must be there at once fits CAPACITY.

  task pick_matrix;
    begin
      banked     = 1'b1;
      m          = random(1, SUBTILES > 1 ? 3 * TILE : 6 * ROWS);
      run_elems  = random(1, least(CAPACITY, (STEPS > 1 || ANY_BEAT ? 3 * READ : 5 * LANES) + BEAT_ELEMS));
      stride     = up(run_elems, BEAT_ELEMS);
      segments   = m;
      row_elems  = 0;
      rows       = 1;
      out_cols   = 32'hffffffff;
      {x_init, y_init, ih_init, col_x, row_y, row_ih, wrap_x, tile_cols, tile_y, tile_ih, kh_y, kh_ih, kw_x} = 0;
      tile_x     = stride;
      k_cols     = 1;
      k_rows     = 1;
      channel_blocks = 1;
      block_channels = run_elems;
    end
  endtask

  task pick_image;
    begin
      banked         = 1'b0;
      channel_blocks = random(0, 1) ? 1 : random(1, 3);
      block_channels = random(1, 6);
      channels       = channel_blocks * block_channels;
      height         = random(1, 9);
      width          = random(1, 9);
      kernel_h       = random(1, 3);
      kernel_w       = random(1, 3);
      stride_h       = random(1, 3);
      stride_w       = random(1, 3);
      dilation_h     = random(1, 2);
      dilation_w     = random(0, 2) ? 1 : 2;
      pad_top        = random(0, 2);
      pad_left       = random(0, 2);
      out_h          = (height + pad_top + random(0, 2) - dilation_h * (kernel_h - 1) - 1) / stride_h + 1;
      out_w          = (width + pad_left + random(0, 2) - dilation_w * (kernel_w - 1) - 1) / stride_w + 1;
      out_h          = most(out_h, 1);
      out_w          = most(out_w, 1);
      whole_row      = channel_blocks == 1 && dilation_w == 1;
      m              = out_h * out_w;
      run_elems      = whole_row ? kernel_w * channels : block_channels;
      row_elems      = width * channels;
      stride         = up(row_elems, BEAT_ELEMS);
      rows           = height;
      segments       = height;
      out_cols       = out_w;
      x_init         = -pad_left * channels;
      y_init         = -pad_top * stride;
      ih_init        = -pad_top;
      col_x          = stride_w * channels;
      row_y          = stride_h * stride;
      row_ih         = stride_h;
      wrap_x         = out_w * stride_w * channels;
      tile_cols      = ROWS % out_w;
      tile_x         = ROWS % out_w * stride_w * channels;
      tile_y         = ROWS / out_w * stride_h * stride;
      tile_ih        = ROWS / out_w * stride_h;
      kh_y           = dilation_h * stride;
      kh_ih          = dilation_h;
      kw_x           = dilation_w * channels;
      k_cols         = whole_row ? 1 : kernel_w;
      k_rows         = kernel_h;
    end
  endtask

  // What pixel p needs last, in elements; and from where it needs anything, -1 if it begins above the first row.
  task reach(input integer p, output integer first, output integer past);
    integer ih, x, i;
    begin
      if (banked) begin
        first = p / ROWS * stride;
        past  = first + run_elems;
      end else begin
        x     = (p % out_w * stride_w - pad_left) * channels;
        ih    = p / out_w * stride_h - pad_top;
        first = ih < 0 ? -1 : ih * stride + most(0, least(x, row_elems));
        past  = 0;
        for (i = 0; i < kernel_h; i = i + 1)
          if (ih + i * dilation_h >= 0 && ih + i * dilation_h < height)
            past = (ih + i * dilation_h) * stride +
                   least(row_elems, most(0, x + ((kernel_w - 1) * dilation_w + 1) * channels));
      end
    end
  endtask

  // A unit (a block, or an m-tile where there is one group) must lie in the bank from the unit's origin on, and the
  // origin may not run ahead of what has been read by more than a bank.
  task check_fit;
    integer unit, p, origin_now, read_up_to, first, past, furthest;
    begin
      fits       = 1'b1;
      origin_now = 0;
      read_up_to = 0;
      for (unit = 0; unit < m; unit = unit + (group_panels >= panels ? 1 : block_tiles) * TILE) begin
        reach(unit, first, past);
        if (first >= 0) origin_now = first;
        furthest = read_up_to;
        for (p = unit; p < least(m, unit + (group_panels >= panels ? 1 : block_tiles) * TILE); p = p + 1) begin
          reach(p, first, past);
          furthest = most(furthest, up(past, BEAT_ELEMS));
        end
        if (furthest - origin_now > CAPACITY || origin_now - read_up_to > CAPACITY - BEAT_ELEMS) fits = 1'b0;
        read_up_to = furthest;
      end
    end
  endtask

  task pick;
    begin
      fits = 1'b0;
      while (!fits || step_count > 600 * SUBTILES) begin
        beat_elems   = ANY_BEAT ? random(1, READ) : READ;
        if (random(0, 3) == 0) pick_matrix; else pick_image;
        tiles        = (m + TILE - 1) / TILE;
        block_panels = random(1, 3);
        panels       = block_panels * channel_blocks;
        group_panels = random(1, panels);
        block_tiles  = random(1, tiles);
        ch_step      = block_channels;
        step_count   = SUBTILES * tiles * panels * k_rows * k_cols * ((run_elems + beat_elems - 1) / beat_elems);
        check_fit;
      end
      zero = $random(seed);
      if (SIGNED) zero = {OUT_W{1'b0}} | {{OUT_W{zero[ELEM_W-1]}}, zero[ELEM_W-1:0]}; else zero[OUT_W-1] = 1'b0;
    end
  endtask
