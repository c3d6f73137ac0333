"""numpy.linalg."""
import numpy as _np

norm = _np.linalg.norm
