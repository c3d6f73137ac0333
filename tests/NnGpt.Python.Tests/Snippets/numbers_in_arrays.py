#: numpy basics
import numpy as np
print(int(np.prod((3, 4, 5))), float(np.sqrt(16)), np.pi, int(np.ceil(2.1)), int(np.log2(8)), float(np.floor(-1.5)), [round(float(x), 6) for x in np.linspace(0, 0.3, 7)], np.arange(5).tolist(), np.arange(0, 1, 0.25).tolist())
a = np.array([[1, 2, 3], [4, 5, 6]])
print(a.shape, a.ndim, a.size, a.dtype, a.T.tolist(), (a * 2).tolist(), (a + np.array([1, 0, -1])).tolist(), a.sum(), a.mean(axis=0).tolist(), a.max(axis=1).tolist(), (a @ a.T).tolist(), a[1, 2], a[:, 1].tolist(), a[0].tolist(), a[a > 2].tolist(), a.reshape(3, -1).tolist())
print(np.zeros((2, 2)).tolist(), np.ones(3).tolist(), np.eye(2).tolist(), np.concatenate([a, a], axis=1).shape, np.stack([a, a]).shape, np.cumsum([1, 2, 3]).tolist(), np.clip([1, 5, 9], 2, 6).tolist(), np.where(a > 3, 1, 0).tolist(), np.argmax([1, 9, 3]), np.exp(0.0), np.mean([1, 2]), np.std([1, 2, 3, 4]), np.allclose([1.0], [1.0 + 1e-9]), np.outer([1, 2], [3, 4]).tolist(), np.tile([1, 2], 2).tolist(), np.repeat([1, 2], 2).tolist())
pe = np.zeros((4, 6)); pos = np.arange(4)[:, None]; div = np.exp(np.arange(0, 6, 2) * -(np.log(10000.0) / 6)); pe[:, 0::2] = np.sin(pos * div); pe[:, 1::2] = np.cos(pos * div)
print([[round(x, 6) for x in r] for r in pe.tolist()])
print(np.array([1.5, 2]).astype(np.int64).tolist(), np.float32(1.5) + 1, np.array([1, 2], dtype=np.float32).dtype, isinstance(np.array(1), np.ndarray), np.inf > 1, np.isnan(np.nan), len(a), [r.tolist() for r in a], np.meshgrid([1, 2], [3, 4])[0].tolist(), np.triu(np.ones((2, 2)), 1).tolist())
for f in (lambda: np.array([1, 2]) + np.array([1, 2, 3]), lambda: a.reshape(4), lambda: a[5], lambda: bool(a)):
    try: f()
    except Exception as e: print(type(e).__name__)
#: numpy random
import numpy as np
np.random.seed(42)
print(np.random.rand(3).tolist(), np.random.rand(), np.random.randn(3).tolist(), np.random.randint(0, 10, 5).tolist(), np.random.uniform(-1, 1), np.random.choice([1, 2, 3]), np.random.permutation(5).tolist(), np.random.normal(0, 2, (2, 2)).tolist(), np.random.choice(5, 3, replace=False).tolist(), np.random.choice(3, p=[.1, .2, .7]))
l = list(range(6)); np.random.shuffle(l); print(l)
r = np.random.RandomState(7); print(r.rand(), r.randint(5), r.randn())
