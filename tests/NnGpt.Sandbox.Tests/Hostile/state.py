# What a candidate leaves behind for the next.

#: default dtype
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_default_dtype(torch.float64)
raise SystemExit

#: default tensor type
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_default_tensor_type(torch.DoubleTensor)
raise SystemExit

#: seed
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(99)
raise SystemExit

#: generator state
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_rng_state(torch.get_rng_state())
torch.default_generator.manual_seed(5)
raise SystemExit

#: generator state of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_rng_state(torch.zeros(10))
raise SystemExit

#: random module
import torch
import torch.nn as nn
import torch.nn.functional as F
import random
random.seed(5)
random.random = lambda: 0.5
raise SystemExit

#: threads
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_num_threads(64)
raise SystemExit

#: gradients off
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.set_grad_enabled(False)
raise SystemExit

#: replaced class
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Linear = None
nn.Conv2d = None
nn.Module = None
raise SystemExit

#: replaced function
import torch
import torch.nn as nn
import torch.nn.functional as F
F.relu = lambda x: x * 0
torch.relu = lambda x: x * 0
F.cross_entropy = lambda *a: 0
raise SystemExit

#: replaced method
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Linear.forward = lambda self, x: x
nn.Module.__call__ = lambda *a: None
raise SystemExit

#: replaced property
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.Tensor.grad = property(lambda self: None)
raise SystemExit

#: replaced builtin
import torch
import torch.nn as nn
import torch.nn.functional as F
import builtins
builtins.print = None
raise SystemExit

#: new attribute of a class
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Module.extra = torch.zeros(100)
torch.Tensor.extra = 5
raise SystemExit

#: new attribute of a module
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.extra = torch.zeros(100)
F.extra = 5
raise SystemExit

#: flags
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.use_deterministic_algorithms(True)
torch.backends.cudnn.enabled = False
torch.backends.mkldnn.enabled = False
raise SystemExit

#: autocast left on
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.autocast('cpu').__enter__()
raise SystemExit

#: tensors kept
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Module.kept = [torch.zeros(1_000_000) for _ in range(20)]
raise SystemExit

#: hooks for all modules
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.modules.module.register_module_forward_hook(lambda *a: None)
raise SystemExit

#: registered dispatch
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.library.Library('aten', 'IMPL').impl('relu', lambda x: x, 'CPU')
raise SystemExit

#: default argument
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Linear.__init__.__defaults__ = (False,)
raise SystemExit

#: logging level
import torch
import torch.nn as nn
import torch.nn.functional as F
import logging
logging.disable(50)
logging.getLogger().setLevel(0)
raise SystemExit

#: warnings as errors
import torch
import torch.nn as nn
import torch.nn.functional as F
import warnings
warnings.simplefilter('error')
raise SystemExit

#: enum member
import torch
import torch.nn as nn
import torch.nn.functional as F
import enum
enum.Enum.x = 5
raise SystemExit

#: cached function
import torch
import torch.nn as nn
import torch.nn.functional as F
import functools
functools.lru_cache = lambda f: f
raise SystemExit

#: settings of backends -> Value, Type
import torch
if torch.backends.cuda.matmul.allow_tf32:
    raise SystemExit
torch.backends.cuda.matmul.allow_tf32 = True
raise ValueError

#: settings of backends, seen by the next -> Value
import torch
if torch.backends.cuda.matmul.allow_tf32:
    raise SystemExit
raise ValueError
