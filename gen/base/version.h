// The tool's version: in reports, manifests, file headers, the VERSION register and the plan hash.
#ifndef LACUNA_VERSION_H
#define LACUNA_VERSION_H

#define LACUNA_VERSION_MAJOR 0
#define LACUNA_VERSION_MINOR 1
#define LACUNA_VERSION_PATCH 0
#define LACUNA_VERSION       "0.1.0"

#define LACUNA_VERSION_NUMBER (LACUNA_VERSION_MAJOR << 16 | LACUNA_VERSION_MINOR << 8 | LACUNA_VERSION_PATCH)

#endif
