import gc, os, sys
