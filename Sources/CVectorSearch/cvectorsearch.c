#include "cvectorsearch.h"
