// The job registers by number: what a job is to the device, to the packers and to the cycle model.
#ifndef LACUNA_JOB_REGISTERS_H
#define LACUNA_JOB_REGISTERS_H

#include "gen/plan/plan.h"
#include "gen/plan/registers.h"

#define JOB_REG(NAME, ...) JOB_##NAME,
typedef enum JobRegister { REGISTERS_JOB(JOB_REG) JOB_REGISTER_COUNT } JobRegister;
#undef JOB_REG

#endif
