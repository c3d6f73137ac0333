# Arguments that a native operator might believe: types, sizes, strides, indices, storage.

#: out of the wrong type
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.add(torch.zeros(4), 1, out=torch.zeros(4, dtype=torch.int8))
raise SystemExit

#: out of the wrong size
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.add(torch.zeros(4), 1, out=torch.zeros(2))
raise SystemExit

#: out that overlaps
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(8)
torch.add(x[:4], 1, out=x[2:6])
raise SystemExit

#: out that is expanded
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.add(torch.zeros(4), 1, out=torch.zeros(1).expand(4))
raise SystemExit

#: as_strided beyond the storage
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4).as_strided((1000, 1000), (1000, 1000))
x += 1
raise SystemExit

#: as_strided with a negative stride
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4).as_strided((4,), (-1,))
x += 1
raise SystemExit

#: as_strided with an offset
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4).as_strided((4,), (1,), 10 ** 9)
x += 1
raise SystemExit

#: as_strided with a negative offset
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4).as_strided((4,), (1,), -100)
x += 1
raise SystemExit

#: as_strided_
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x.as_strided_((10 ** 6,), (1,))
x += 1
raise SystemExit

#: set_ without a source
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x.set_()
x.resize_(10 ** 12)
raise SystemExit

#: set_ with a storage
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x.set_(torch.zeros(1).storage(), 0, (1000,), (1,))
x += 1
raise SystemExit

#: resize_
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x.resize_(10 ** 6)
x += 1
raise SystemExit

#: resize_ of a view
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)[1:]
x.resize_(10 ** 6)
x += 1
raise SystemExit

#: storage().resize_
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x.storage().resize_(0)
x += 1
raise SystemExit

#: storage item
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).storage()[10 ** 9]
raise SystemExit

#: untyped storage
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).storage()._untyped().fill_(1)
raise SystemExit

#: data_ptr
import torch
import torch.nn as nn
import torch.nn.functional as F
print(torch.zeros(4).data_ptr())
raise SystemExit

#: frombuffer
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.frombuffer(b'abc', dtype=torch.float32, count=1000)
raise SystemExit

#: view as a larger type
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, dtype=torch.int8).view(torch.float64)
raise SystemExit

#: view as bool
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.full((8,), 255, dtype=torch.uint8).view(torch.bool)
x.sum()
torch.arange(8)[x]
raise SystemExit

#: data of another size
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
y = x[1:]
x.data = torch.zeros(1)
y += 1
raise SystemExit

#: data of another type
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4, requires_grad=True)
y = x * 2
x.data = torch.zeros(4, dtype=torch.int8)
y.sum().backward()
raise SystemExit

#: grad of another size
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4, requires_grad=True)
x.grad = torch.zeros(100)
x.sum().backward()
raise SystemExit

#: grad of another type
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4, requires_grad=True)
x.grad = torch.zeros(4, dtype=torch.int64)
x.sum().backward()
raise SystemExit

#: grad that is no tensor
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4, requires_grad=True)
x.grad = 'x'
x.sum().backward()
raise SystemExit

#: index out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4)[10]
raise SystemExit

#: index tensor out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4)[torch.tensor([10 ** 9])]
raise SystemExit

#: index tensor below range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4)[torch.tensor([-10 ** 9])]
raise SystemExit

#: index_put out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(4)
x[torch.tensor([10 ** 9])] = 1
raise SystemExit

#: index_put with accumulate -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).index_put_((torch.tensor([-5]),), torch.ones(1), accumulate=True)
raise SystemExit

#: boolean index of another size -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4)[torch.ones(100, dtype=torch.bool)]
raise SystemExit

#: embedding out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding(torch.tensor([10 ** 9]), torch.zeros(4, 4))
raise SystemExit

#: embedding below range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding(torch.tensor([-1]), torch.zeros(4, 4))
raise SystemExit

#: embedding of floats -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding(torch.tensor([0.5]), torch.zeros(4, 4))
raise SystemExit

#: embedding padding_idx
import torch
import torch.nn as nn
import torch.nn.functional as F
w = torch.zeros(4, 4, requires_grad=True)
F.embedding(torch.tensor([1]), w, padding_idx=-10 ** 9).sum().backward()
raise SystemExit

#: embedding with max_norm
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Embedding(4, 4, max_norm=1.0)(torch.tensor([10 ** 9]))
raise SystemExit

#: embedding_bag out of range
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding_bag(torch.tensor([10 ** 9]), torch.zeros(4, 4), torch.tensor([0]))
raise SystemExit

#: embedding_bag offsets
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding_bag(torch.tensor([0, 1]), torch.zeros(4, 4), torch.tensor([0, 10 ** 9]))
raise SystemExit

#: embedding_bag negative offsets
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding_bag(torch.tensor([0, 1]), torch.zeros(4, 4), torch.tensor([0, -5]))
raise SystemExit

#: embedding_bag offsets not from 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.embedding_bag(torch.tensor([0, 1]), torch.zeros(4, 4), torch.tensor([1, 0]))
raise SystemExit

#: torch.embedding_bag negative offsets
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.embedding_bag(torch.zeros(4, 4), torch.tensor([0, 1]), torch.tensor([-3, -3]))
raise SystemExit

#: torch.embedding_bag wide indices
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.embedding_bag(torch.zeros(3, 2, 0), torch.zeros(3, 4, 4, dtype=torch.long), torch.tensor([0]))
raise SystemExit

#: gather out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.gather(torch.zeros(4), 0, torch.tensor([10 ** 9]))
raise SystemExit

#: scatter out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).scatter_(0, torch.tensor([10 ** 9]), 1.0)
raise SystemExit

#: scatter_add out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).scatter_add_(0, torch.tensor([-3]), torch.ones(1))
raise SystemExit

#: scatter with a short source -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).scatter_(0, torch.tensor([0, 1, 2, 3]), torch.ones(1))
raise SystemExit

#: scatter_reduce out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).scatter_reduce_(0, torch.tensor([99]), torch.ones(1), 'sum')
raise SystemExit

#: index_add out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).index_add_(0, torch.tensor([99]), torch.ones(1))
raise SystemExit

#: index_copy out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).index_copy_(0, torch.tensor([99]), torch.ones(1))
raise SystemExit

#: index_fill out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).index_fill_(0, torch.tensor([99]), 1.0)
raise SystemExit

#: index_select out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.index_select(torch.zeros(4), 0, torch.tensor([99]))
raise SystemExit

#: index_reduce out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).index_reduce_(0, torch.tensor([99]), torch.ones(1), 'prod')
raise SystemExit

#: take out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.take(torch.zeros(4), torch.tensor([99]))
raise SystemExit

#: put out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).put_(torch.tensor([99]), torch.ones(1))
raise SystemExit

#: take_along_dim out of range -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.take_along_dim(torch.zeros(4), torch.tensor([99]), 0)
raise SystemExit

#: masked_scatter short source -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).masked_scatter_(torch.ones(4, dtype=torch.bool), torch.ones(1))
raise SystemExit

#: nll_loss target -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.nll_loss(torch.zeros(2, 3), torch.tensor([0, 99]))
raise SystemExit

#: nll_loss negative target -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.nll_loss(torch.zeros(2, 3), torch.tensor([0, -1]))
raise SystemExit

#: nll_loss2d target -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.nll_loss(torch.zeros(1, 3, 2, 2), torch.full((1, 2, 2), 10 ** 9))
raise SystemExit

#: nll_loss short weight -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.nll_loss(torch.zeros(2, 3), torch.tensor([0, 2]), weight=torch.ones(1))
raise SystemExit

#: cross_entropy target -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.cross_entropy(torch.zeros(2, 3), torch.tensor([0, 99]))
raise SystemExit

#: multi_margin_loss target -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
F.multi_margin_loss(torch.zeros(2, 3), torch.tensor([0, 99]))
raise SystemExit

#: multilabel_margin_loss target
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.nn.functional.multilabel_margin_loss(torch.zeros(2, 3), torch.full((2, 3), 99))
raise SystemExit

#: ctc_loss target
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ctc_loss(torch.zeros(5, 2, 3), torch.full((2, 3), 10 ** 6), torch.tensor([5, 5]), torch.tensor([3, 3]))
raise SystemExit

#: ctc_loss target gradient
import torch
import torch.nn as nn
import torch.nn.functional as F
x = torch.zeros(5, 2, 3, requires_grad=True)
torch.ctc_loss(x, torch.full((2, 3), 10 ** 6), torch.tensor([5, 5]), torch.tensor([3, 3])).backward()
raise SystemExit

#: ctc_loss lengths
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ctc_loss(torch.zeros(5, 2, 3), torch.zeros(2, 3, dtype=torch.long), torch.tensor([10 ** 6, 5]), torch.tensor([3, 3]))
raise SystemExit

#: ctc_loss negative lengths
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ctc_loss(torch.zeros(5, 2, 3), torch.zeros(2, 3, dtype=torch.long), torch.tensor([5, 5]), torch.tensor([-3, 3]))
raise SystemExit

#: ctc_loss blank
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ctc_loss(torch.zeros(5, 2, 3), torch.zeros(2, 3, dtype=torch.long), torch.tensor([5, 5]), torch.tensor([3, 3]), 10 ** 6)
raise SystemExit

#: grid_sample of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
F.grid_sample(torch.zeros(1, 1, 4, 4), torch.full((1, 2, 2, 2), float('nan')))
raise SystemExit

#: grid_sample of infinity
import torch
import torch.nn as nn
import torch.nn.functional as F
for p in ['zeros', 'border', 'reflection']:
    F.grid_sample(torch.zeros(1, 1, 4, 4), torch.full((1, 2, 2, 2), float('inf')), padding_mode=p)
raise SystemExit

#: grid_sample of huge numbers
import torch
import torch.nn as nn
import torch.nn.functional as F
for m in ['bilinear', 'nearest', 'bicubic']:
    for p in ['zeros', 'border', 'reflection']:
        F.grid_sample(torch.zeros(1, 1, 4, 4), torch.full((1, 2, 2, 2), 1e30), mode=m, padding_mode=p)
raise SystemExit

#: grid_sampler with bad modes
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.grid_sampler_2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 2, 2, 2), 99, 99, True)
raise SystemExit

#: max_unpool2d indices
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_unpool2d(torch.zeros(1, 1, 2, 2), torch.full((1, 1, 2, 2), 10 ** 9), 2)
raise SystemExit

#: max_unpool2d negative indices
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_unpool2d(torch.zeros(1, 1, 2, 2), torch.full((1, 1, 2, 2), -10 ** 9), 2)
raise SystemExit

#: max_unpool3d indices
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_unpool3d(torch.zeros(1, 1, 2, 2, 2), torch.full((1, 1, 2, 2, 2), 10 ** 9), 2)
raise SystemExit

#: max_pool2d kernel 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_pool2d(torch.zeros(1, 1, 4, 4), 0)
raise SystemExit

#: max_pool2d stride 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_pool2d(torch.zeros(1, 1, 4, 4), 2, 0)
raise SystemExit

#: max_pool2d dilation 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_pool2d(torch.zeros(1, 1, 4, 4), 2, 2, 0, 0)
raise SystemExit

#: max_pool1d negative padding
import torch
import torch.nn as nn
import torch.nn.functional as F
F.max_pool1d(torch.zeros(1, 1, 4), 2, 1, -1)
raise SystemExit

#: avg_pool2d kernel 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.avg_pool2d(torch.zeros(1, 1, 4, 4), 0)
raise SystemExit

#: avg_pool2d divisor 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.avg_pool2d(torch.zeros(1, 1, 4, 4), 2, divisor_override=0)
raise SystemExit

#: avg_pool2d padding
import torch
import torch.nn as nn
import torch.nn.functional as F
F.avg_pool2d(torch.zeros(1, 1, 4, 4), 2, 2, 10 ** 9)
raise SystemExit

#: adaptive pool of size 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.adaptive_avg_pool2d(torch.zeros(1, 1, 4, 4), 0)
raise SystemExit

#: adaptive pool of negative size
import torch
import torch.nn as nn
import torch.nn.functional as F
F.adaptive_avg_pool2d(torch.zeros(1, 1, 4, 4), -5)
raise SystemExit

#: adaptive pool of an empty input
import torch
import torch.nn as nn
import torch.nn.functional as F
F.adaptive_max_pool2d(torch.zeros(1, 1, 0, 0), 3)
raise SystemExit

#: fractional_max_pool2d
import torch
import torch.nn as nn
import torch.nn.functional as F
F.fractional_max_pool2d(torch.zeros(1, 1, 4, 4), 2, output_size=10 ** 6)
raise SystemExit

#: conv2d stride 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), stride=0)
raise SystemExit

#: conv2d dilation 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), dilation=0)
raise SystemExit

#: conv2d groups 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), groups=0)
raise SystemExit

#: conv2d negative groups
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 4, 4, 4), torch.zeros(4, 1, 2, 2), groups=-1)
raise SystemExit

#: conv2d negative padding
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), padding=-1)
raise SystemExit

#: conv2d huge padding
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), padding=2 ** 62)
raise SystemExit

#: conv2d empty weight
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.zeros(1, 1, 4, 4), torch.zeros(0, 1, 2, 2))
raise SystemExit

#: conv_transpose output_padding
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv_transpose2d(torch.zeros(1, 1, 4, 4), torch.zeros(1, 1, 2, 2), output_padding=100)
raise SystemExit

#: pixel_shuffle of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.pixel_shuffle(torch.zeros(1, 4, 2, 2), 0)
raise SystemExit

#: pixel_unshuffle of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.pixel_unshuffle(torch.zeros(1, 4, 2, 2), 0)
raise SystemExit

#: channel_shuffle of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.channel_shuffle(torch.zeros(1, 4, 2, 2), 0)
raise SystemExit

#: group_norm of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.group_norm(torch.zeros(1, 4, 2, 2), 0)
raise SystemExit

#: batch_norm short statistics
import torch
import torch.nn as nn
import torch.nn.functional as F
F.batch_norm(torch.zeros(2, 4, 2, 2), torch.zeros(1), torch.ones(1), training=True)
raise SystemExit

#: batch_norm statistics of another type
import torch
import torch.nn as nn
import torch.nn.functional as F
F.batch_norm(torch.zeros(2, 4, 2, 2), torch.zeros(4, dtype=torch.int64), torch.ones(4, dtype=torch.int64), training=True)
raise SystemExit

#: batch_norm short weight
import torch
import torch.nn as nn
import torch.nn.functional as F
F.batch_norm(torch.zeros(2, 4, 2, 2), None, None, torch.ones(1), torch.ones(1), training=True)
raise SystemExit

#: layer_norm short weight
import torch
import torch.nn as nn
import torch.nn.functional as F
F.layer_norm(torch.zeros(2, 4), (4,), torch.ones(1), torch.ones(1))
raise SystemExit

#: prelu weight
import torch
import torch.nn as nn
import torch.nn.functional as F
F.prelu(torch.zeros(2, 4), torch.ones(3))
raise SystemExit

#: bilinear weight
import torch
import torch.nn as nn
import torch.nn.functional as F
F.bilinear(torch.zeros(2, 4), torch.zeros(2, 3), torch.zeros(2, 9, 9))
raise SystemExit

#: integer division by 0
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(3, dtype=torch.long) // 0
raise SystemExit

#: integer remainder by 0
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(3, dtype=torch.long) % 0
raise SystemExit

#: smallest integer // -1
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((3,), -2 ** 63) // -1
raise SystemExit

#: smallest integer // tensor of -1
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((3,), -2 ** 63) // torch.full((3,), -1)
raise SystemExit

#: smallest integer % -1
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((3,), -2 ** 63) % -1
raise SystemExit

#: smallest int32 // -1
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((3,), -2 ** 31, dtype=torch.int32) // torch.full((3,), -1, dtype=torch.int32)
raise SystemExit

#: fmod of the smallest integer
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.fmod(torch.full((3,), -2 ** 63), -1)
raise SystemExit

#: div with rounding
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.div(torch.full((3,), -2 ** 63), -1, rounding_mode='trunc')
torch.div(torch.full((3,), -2 ** 63), torch.full((3,), -1), rounding_mode='floor')
raise SystemExit

#: gcd and lcm of the smallest integer
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.gcd(torch.full((3,), -2 ** 63), torch.full((3,), -1))
torch.lcm(torch.full((3,), -2 ** 63), torch.full((3,), -1))
raise SystemExit

#: power of integers
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.full((3,), 0) ** -1
raise SystemExit

#: shift by too much
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(3, dtype=torch.long) << 10 ** 9
raise SystemExit

#: unfold step 0 -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).unfold(0, 1, 0)
raise SystemExit

#: unfold negative size -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).unfold(0, -1, 1)
raise SystemExit

#: F.unfold kernel 0
import torch
import torch.nn as nn
import torch.nn.functional as F
F.unfold(torch.zeros(1, 1, 4, 4), 0)
raise SystemExit

#: F.fold
import torch
import torch.nn as nn
import torch.nn.functional as F
F.fold(torch.zeros(1, 4, 4), (10 ** 6, 10 ** 6), 2)
raise SystemExit

#: narrow beyond -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).narrow(0, 2, 100)
raise SystemExit

#: select beyond -> Shape
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).select(0, 100)
raise SystemExit

#: split of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).split(0)
raise SystemExit

#: split of negative sizes
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).split([-1, 5])
raise SystemExit

#: chunk of 0
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).chunk(0)
raise SystemExit

#: tensor_split of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.tensor_split(torch.zeros(4), torch.tensor([-10 ** 9, 10 ** 9]))
raise SystemExit

#: repeat of negative
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).repeat(-1)
raise SystemExit

#: repeat_interleave of negative
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.repeat_interleave(torch.zeros(2), torch.tensor([-1, 3]))
raise SystemExit

#: expand of negative
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(4).expand(-5, 4)
raise SystemExit

#: permute twice
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(2, 3).permute(0, 0)
raise SystemExit

#: flip twice
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(2, 3).flip(0, 0)
raise SystemExit

#: kthvalue beyond
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.kthvalue(torch.zeros(4), 99)
raise SystemExit

#: topk beyond
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.topk(torch.zeros(4), 99)
raise SystemExit

#: topk of -1
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.topk(torch.zeros(4), -1)
raise SystemExit

#: sort of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.sort(torch.full((100,), float('nan')))
raise SystemExit

#: median of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(0).median()
torch.median(torch.zeros(2, 0), 1)
raise SystemExit

#: max of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(0).max()
raise SystemExit

#: quantile beyond
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.quantile(torch.zeros(4), 5.0)
raise SystemExit

#: searchsorted sorter
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.searchsorted(torch.arange(4.0), torch.tensor([1.0]), sorter=torch.tensor([10 ** 9] * 4))
raise SystemExit

#: searchsorted negative sorter
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.searchsorted(torch.arange(4.0), torch.tensor([1.0]), sorter=torch.tensor([-4] * 4))
raise SystemExit

#: bucketize boundaries
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bucketize(torch.zeros(4), torch.zeros(2, 2))
raise SystemExit

#: bincount negative
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bincount(torch.tensor([-1]))
raise SystemExit

#: bincount short weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bincount(torch.tensor([1, 2, 3]), weights=torch.ones(1))
raise SystemExit

#: histc of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.histc(torch.full((4,), float('nan')), bins=10, min=float('-inf'), max=float('inf'))
raise SystemExit

#: histogram with bad bins
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.histogram(torch.zeros(4), torch.tensor([3.0, 1.0]))
raise SystemExit

#: histogramdd without bins
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.histogramdd(torch.zeros(3, 3), [])
raise SystemExit

#: multinomial of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.multinomial(torch.full((4,), float('nan')), 1)
raise SystemExit

#: multinomial of zeros
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.multinomial(torch.zeros(4), 1)
raise SystemExit

#: multinomial of too many
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.multinomial(torch.ones(4), 99)
raise SystemExit

#: bernoulli of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.bernoulli(torch.full((4,), float('nan')))
raise SystemExit

#: normal of a negative deviation
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.normal(torch.zeros(3), torch.full((3,), -1.0))
raise SystemExit

#: random_ of an empty range
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3).random_(5, 5)
raise SystemExit

#: exponential_ of a negative rate
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3).exponential_(-1)
raise SystemExit

#: segment_reduce lengths
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.segment_reduce(torch.ones(4), 'sum', lengths=torch.tensor([100, -96]))
raise SystemExit

#: segment_reduce unsafe
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.segment_reduce(torch.ones(4), 'sum', lengths=torch.tensor([100, 10 ** 6]), unsafe=True)
raise SystemExit

#: renorm
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.renorm(torch.ones(2, 2), 2, 99, 1)
raise SystemExit

#: cross of two
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cross(torch.ones(2), torch.ones(2))
raise SystemExit

#: lu_unpack pivots
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.lu_unpack(torch.eye(3), torch.tensor([99, 99, 99], dtype=torch.int32))
raise SystemExit

#: lu_solve pivots
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.lu_solve(torch.ones(3, 1), torch.eye(3), torch.tensor([99, -99, 10 ** 9], dtype=torch.int32))
raise SystemExit

#: lu_unpack short pivots
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.lu_unpack(torch.zeros(2, 2, 2, 2), torch.zeros(2, 0, dtype=torch.int32), unpack_data=False)
raise SystemExit

#: repeat_interleave that overflows
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.repeat_interleave(torch.zeros(2, 3, 4, 4, 4, dtype=torch.bool), 2 ** 62)
raise SystemExit

#: expand that overflows
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(1, 1).expand(2 ** 62, 4).clone()
torch.zeros(4).repeat(2 ** 62)
raise SystemExit

#: ormqr
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ormqr(torch.ones(3, 3), torch.ones(100), torch.ones(3, 3))
raise SystemExit

#: orgqr
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.orgqr(torch.ones(3, 2), torch.ones(3))
raise SystemExit

#: cholesky of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cholesky(torch.full((3, 3), float('nan')))
raise SystemExit

#: svd of NaN
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.svd(torch.full((3, 3), float('nan')))
raise SystemExit

#: svd of complex numbers
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.svd(torch.ones(3, 5, dtype=torch.complex64))
raise SystemExit

#: pinverse of complex numbers
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.pinverse(torch.ones(4, 5, dtype=torch.complex64))
raise SystemExit

#: eigenvalues of infinity
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.linalg.eigh(torch.full((3, 3), float('inf')))
raise SystemExit

#: inverse of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.inverse(torch.zeros(0, 0))
raise SystemExit

#: stft of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.stft(torch.zeros(100), 0)
torch.stft(torch.zeros(100), 16, hop_length=0)
raise SystemExit

#: istft of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.istft(torch.zeros(9, 3, dtype=torch.complex64), 16, hop_length=0)
raise SystemExit

#: kaiser_window of a negative length
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.kaiser_window(-5)
raise SystemExit

#: einsum of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.einsum('i' * 10000, torch.zeros(3))
raise SystemExit

#: einsum of bad letters
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.einsum('\x00\xff,->->', torch.zeros(3))
raise SystemExit

#: cat of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cat([])
raise SystemExit

#: stack of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.stack([])
raise SystemExit

#: concat of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.concat([], 0)
raise SystemExit

#: cat of mixed types
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cat([torch.zeros(2), torch.zeros(2, dtype=torch.complex64), torch.zeros(2, dtype=torch.bool)])
raise SystemExit

#: cat of no tensors
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.cat([1, None, 'x'])
raise SystemExit

#: meshgrid of nothing
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.meshgrid()
raise SystemExit

#: where of types
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.where(torch.zeros(3), torch.zeros(3, dtype=torch.long), torch.zeros(3))
raise SystemExit

#: half on the processor
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(2, 2).half() @ torch.zeros(2, 2).half()
F.conv2d(torch.zeros(1, 1, 4, 4).half(), torch.zeros(1, 1, 2, 2).half())
raise SystemExit

#: complex in ordering
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.sort(torch.zeros(3, dtype=torch.complex64))
torch.max(torch.zeros(3, dtype=torch.complex64))
raise SystemExit

#: bool in arithmetic
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ones(3, dtype=torch.bool) - torch.ones(3, dtype=torch.bool)
raise SystemExit

#: bool in a convolution
import torch
import torch.nn as nn
import torch.nn.functional as F
F.conv2d(torch.ones(1, 1, 4, 4, dtype=torch.bool), torch.ones(1, 1, 2, 2, dtype=torch.bool))
raise SystemExit

#: unknown dtype
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, dtype=99)
raise SystemExit

#: quantized dtype
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, dtype=torch.qint8)
raise SystemExit

#: quantize_per_tensor
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.quantize_per_tensor(torch.zeros(3), 0.0, 0, torch.qint8)
raise SystemExit

#: sparse tensor
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.sparse_coo_tensor(torch.tensor([[10 ** 9]]), torch.ones(1), (3,)).to_dense()
raise SystemExit

#: sparse csr tensor
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.sparse_csr_tensor(torch.tensor([0, 99]), torch.tensor([99]), torch.ones(1), (1, 1)).to_dense()
raise SystemExit

#: to_sparse
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.eye(3).to_sparse().coalesce()
raise SystemExit

#: to_mkldnn
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.eye(3).to_mkldnn() + 1
raise SystemExit

#: layout
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, 3, layout=torch.sparse_coo) + 1
raise SystemExit

#: meta device
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, device='meta').item()
raise SystemExit

#: cuda device
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3, device='cuda:99')
raise SystemExit

#: device by number
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3).to(99)
raise SystemExit

#: device of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.device('cpu:-5')
torch.zeros(3, device='xla')
raise SystemExit

#: memory format of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.zeros(3).contiguous(memory_format=torch.channels_last)
raise SystemExit

#: internal operator
import torch
import torch.nn as nn
import torch.nn.functional as F
torch._C._VariableFunctions._sparse_coo_tensor_unsafe(torch.tensor([[99]]), torch.ones(1), (3,))
raise SystemExit

#: torch.ops
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.ops.aten._embedding_bag(torch.zeros(3, 3), torch.tensor([99]), torch.tensor([0]))
raise SystemExit

#: torch._C
import torch
import torch.nn as nn
import torch.nn.functional as F
torch._C._jit_get_all_schemas()
raise SystemExit

#: lstm with too few weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.lstm(torch.zeros(1, 1, 4), (torch.zeros(1, 1, 4), torch.zeros(1, 1, 4)), [], True, 5, 0.0, False, False, False)
raise SystemExit

#: gru with too few weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.gru(torch.zeros(1, 1, 4), torch.zeros(1, 1, 4), [], True, 5, 0.0, False, False, False)
raise SystemExit

#: rnn_tanh with rubbish weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.rnn_tanh(torch.zeros(1, 1, 4), torch.zeros(1, 1, 4), [torch.zeros(1)] * 4, True, 1, 0.0, False, False, False)
raise SystemExit

#: lstm_cell with rubbish weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.lstm_cell(torch.zeros(1, 4), [torch.zeros(1, 4)], torch.zeros(1), torch.zeros(1))
raise SystemExit

#: gru_cell with rubbish weights
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.gru_cell(torch.zeros(1, 4), torch.zeros(1, 4), torch.zeros(1, 4), torch.zeros(1, 4))
raise SystemExit

#: LSTM with hidden state of another size
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.LSTM(4, 4)(torch.zeros(3, 2, 4), (torch.zeros(9, 9, 9), torch.zeros(1)))
raise SystemExit

#: GRU fed with integers
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.GRU(4, 4)(torch.zeros(3, 2, 4, dtype=torch.long))
raise SystemExit

#: attention mask of another size
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.MultiheadAttention(4, 2)(torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), torch.zeros(3, 2, 4), attn_mask=torch.zeros(99, 99))
raise SystemExit

#: weight replaced
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.Linear(4, 4)
m.weight = nn.Parameter(torch.zeros(1))
m(torch.zeros(2, 4))
raise SystemExit

#: weight deleted
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.Conv2d(1, 1, 3)
del m.weight
m(torch.zeros(1, 1, 4, 4))
raise SystemExit

#: weight data replaced
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.Conv2d(1, 1, 3)
m.weight.data = torch.zeros(1)
m(torch.zeros(1, 1, 4, 4))
raise SystemExit

#: attributes replaced
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.Conv2d(1, 1, 3)
m.stride = 'x'
m.groups = 10 ** 30
m(torch.zeros(1, 1, 4, 4))
raise SystemExit

#: running statistics replaced
import torch
import torch.nn as nn
import torch.nn.functional as F
m = nn.BatchNorm2d(4)
m.running_mean = torch.zeros(1)
m(torch.zeros(2, 4, 2, 2))
raise SystemExit

#: load_state_dict of rubbish
import torch
import torch.nn as nn
import torch.nn.functional as F
nn.Linear(2, 2).load_state_dict({'weight': 5, 'bias': 'x'})
raise SystemExit

#: parameters in the optimizer
import torch
import torch.nn as nn
import torch.nn.functional as F
torch.optim.SGD([1, 'x', None], lr=0.1)
raise SystemExit

#: optimizer state replaced
import torch
import torch.nn as nn
import torch.nn.functional as F
w = torch.zeros(3, requires_grad=True)
o = torch.optim.Adam([w])
w.sum().backward()
o.step()
o.state[w]['exp_avg'] = torch.zeros(99)
w.grad = torch.ones(3)
o.step()
raise SystemExit

#: optimizer with a NaN rate
import torch
import torch.nn as nn
import torch.nn.functional as F
w = torch.zeros(3, requires_grad=True)
o = torch.optim.SGD([w], lr=float('nan'))
w.sum().backward()
o.step()
raise SystemExit
