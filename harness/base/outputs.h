// Checks of the files that a verb is to write, before it does anything else.
#ifndef LACUNA_OUTPUTS_H
#define LACUNA_OUTPUTS_H

#include "harness/base/options.h"

// Names are such as fit what is written, their folders are there, and no two files of a command are one. False after a
// message.
bool outputs_check(const Options *options);

#endif
