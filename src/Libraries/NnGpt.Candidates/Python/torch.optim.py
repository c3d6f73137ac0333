"""Optimizers of torch.optim that are seldom used."""
import torch
from torch.optim import Optimizer


def _check(pairs):
    for name, value, fits in pairs:
        if not fits:
            raise ValueError("Invalid {}: {}".format(name, value))


class _Stepping(Optimizer):
    """Updates each parameter that has a gradient by itself."""

    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        with torch.no_grad():
            for group in self.param_groups:
                for p in group['params']:
                    if p.grad is not None:
                        self._update(p, -p.grad if group.get('maximize') else p.grad, self.state[p], group)
        return loss


class ASGD(_Stepping):
    def __init__(self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, foreach=None, maximize=False):
        _check([('learning rate', lr, 0.0 <= lr), ('weight_decay value', weight_decay, 0.0 <= weight_decay)])
        super().__init__(params, dict(lr=lr, lambd=lambd, alpha=alpha, t0=t0, weight_decay=weight_decay, foreach=foreach, maximize=maximize))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = torch.tensor(0.)
            state['eta'] = torch.tensor(group['lr'])
            state['mu'] = torch.tensor(1.)
            state['ax'] = torch.zeros_like(p)
        state['step'] += 1
        step = state['step'].item()
        if group['weight_decay'] != 0:
            grad = grad.add(p, alpha=group['weight_decay'])
        eta = state['eta'].item()
        p.mul_(1 - group['lambd'] * eta)
        p.add_(grad, alpha=-eta)
        mu = state['mu']
        if mu.item() != 1:
            state['ax'].add_(p.sub(state['ax']).mul(mu))
        else:
            state['ax'].copy_(p)
        state['eta'] = torch.tensor(group['lr'] / ((1 + group['lambd'] * group['lr'] * step) ** group['alpha']))
        state['mu'] = torch.tensor(1 / max(1, step - group['t0']))


class Rprop(_Stepping):
    def __init__(self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), foreach=None, maximize=False):
        if not 0.0 <= lr:
            raise ValueError("Invalid learning rate: {}".format(lr))
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError("Invalid eta values: {}, {}".format(etas[0], etas[1]))
        super().__init__(params, dict(lr=lr, etas=etas, step_sizes=step_sizes, foreach=foreach, maximize=maximize))

    def _update(self, p, grad, state, group):
        if len(state) == 0:
            state['step'] = 0
            state['prev'] = torch.zeros_like(p)
            state['step_size'] = torch.full_like(grad, group['lr'])
        state['step'] += 1
        lower, upper = group['etas']
        sign = grad.mul(state['prev']).sign()
        sign[sign.gt(0)] = upper
        sign[sign.lt(0)] = lower
        sign[sign.eq(0)] = 1
        state['step_size'].mul_(sign).clamp_(*group['step_sizes'])
        grad = grad.clone()
        grad[sign.eq(lower)] = 0
        p.addcmul_(grad.sign(), state['step_size'], value=-1)
        state['prev'].copy_(grad)


class SparseAdam(_Stepping):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, maximize=False):
        _check([('learning rate', lr, 0.0 < lr), ('epsilon value', eps, 0.0 < eps),
                ('beta parameter at index 0', betas[0], 0.0 <= betas[0] < 1.0), ('beta parameter at index 1', betas[1], 0.0 <= betas[1] < 1.0)])
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, maximize=maximize))

    def _update(self, p, grad, state, group):
        raise RuntimeError('SparseAdam does not support dense gradients, please consider Adam instead')


class LBFGS(Optimizer):
    """Limited-memory BFGS: the two loops of Nocedal and Wright, algorithm 7.4, and their line search, 3.5."""

    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7, tolerance_change=1e-9, history_size=100, line_search_fn=None):
        if max_eval is None:
            max_eval = max_iter * 5 // 4
        super().__init__(params, dict(lr=lr, max_iter=max_iter, max_eval=max_eval, tolerance_grad=tolerance_grad,
                                      tolerance_change=tolerance_change, history_size=history_size, line_search_fn=line_search_fn))
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]['params']

    def _gather(self):
        return torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).reshape(-1) for p in self._params], 0)

    def _move(self, length, direction):
        offset = 0
        for p in self._params:
            p.add_(direction[offset:offset + p.numel()].view_as(p), alpha=length)
            offset += p.numel()

    def _evaluate(self, closure, start, length, direction):
        self._move(length, direction)
        with torch.enable_grad():
            loss = float(closure())
        gradient = self._gather()
        for p, saved in zip(self._params, start):
            p.copy_(saved)
        return loss, gradient

    def step(self, closure):
        with torch.no_grad():
            return self._step(closure)

    def _step(self, closure):
        group = self.param_groups[0]
        lr, search = group['lr'], group['line_search_fn']
        state = self.state[self._params[0]]
        state.setdefault('func_evals', 0)
        state.setdefault('n_iter', 0)
        with torch.enable_grad():
            original = closure()
        loss = float(original)
        evaluations = 1
        state['func_evals'] += 1
        gradient = self._gather()
        if gradient.abs().max() <= group['tolerance_grad']:
            return original
        d, t = state.get('d'), state.get('t')
        steps, differences, scales = state.get('old_stps', []), state.get('old_dirs', []), state.get('ro', [])
        H, previous, previous_loss = state.get('H_diag'), state.get('prev_flat_grad'), state.get('prev_loss')
        n = 0
        while n < group['max_iter']:
            n += 1
            state['n_iter'] += 1
            if state['n_iter'] == 1:
                d, steps, differences, scales, H = gradient.neg(), [], [], [], 1
            else:
                y, s = gradient.sub(previous), d.mul(t)
                ys = y.dot(s)
                if ys > 1e-10:
                    if len(differences) == group['history_size']:
                        differences.pop(0), steps.pop(0), scales.pop(0)
                    differences.append(y), steps.append(s), scales.append(1. / ys)
                    H = ys / y.dot(y)
                q, weights = gradient.neg(), [None] * len(differences)
                for i in range(len(differences) - 1, -1, -1):
                    weights[i] = steps[i].dot(q) * scales[i]
                    q.add_(differences[i], alpha=-weights[i])
                d = torch.mul(q, H)
                for i in range(len(differences)):
                    d.add_(steps[i], alpha=weights[i] - differences[i].dot(d) * scales[i])
            previous = gradient.clone() if previous is None else previous.copy_(gradient)
            previous_loss = loss
            t = min(1., 1. / gradient.abs().sum()) * lr if state['n_iter'] == 1 else lr
            slope = gradient.dot(d)
            if slope > -group['tolerance_change']:
                break
            used = 0
            if search is not None:
                if search != "strong_wolfe":
                    raise RuntimeError("only 'strong_wolfe' is supported")
                start = [p.clone() for p in self._params]
                loss, gradient, t, used = _strong_wolfe(lambda length: self._evaluate(closure, start, length, d), t, d, loss, gradient, slope)
                self._move(t, d)
                done = gradient.abs().max() <= group['tolerance_grad']
            else:
                self._move(t, d)
                done = False
                if n != group['max_iter']:
                    with torch.enable_grad():
                        loss = float(closure())
                    gradient = self._gather()
                    done = gradient.abs().max() <= group['tolerance_grad']
                    used = 1
            evaluations += used
            state['func_evals'] += used
            if (n == group['max_iter'] or evaluations >= group['max_eval'] or done or d.mul(t).abs().max() <= group['tolerance_change']
                    or abs(loss - previous_loss) < group['tolerance_change']):
                break
        state.update(d=d, t=t, old_dirs=differences, old_stps=steps, ro=scales, H_diag=H, prev_flat_grad=previous, prev_loss=previous_loss)
        return original


def _cubic(x1, f1, g1, x2, f2, g2, bounds=None):
    low, high = bounds if bounds is not None else ((x1, x2) if x1 <= x2 else (x2, x1))
    d1 = g1 + g2 - 3 * (f1 - f2) / (x1 - x2)
    square = d1 ** 2 - g1 * g2
    if square < 0:
        return (low + high) / 2.
    d2 = square.sqrt()
    if x1 <= x2:
        place = x2 - (x2 - x1) * ((g2 + d2 - d1) / (g2 - g1 + 2 * d2))
    else:
        place = x1 - (x1 - x2) * ((g1 + d2 - d1) / (g1 - g2 + 2 * d2))
    return min(max(place, low), high)


def _strong_wolfe(evaluate, t, d, f, g, slope, c1=1e-4, c2=0.9, tolerance=1e-9, most=25):
    size = d.abs().max()
    g = g.clone()
    f_new, g_new = evaluate(t)
    used = 1
    slope_new = g_new.dot(d)
    t_prev, f_prev, g_prev, slope_prev = 0, f, g, slope
    done, n = False, 0
    while n < most:
        if f_new > (f + c1 * t * slope) or (n > 1 and f_new >= f_prev):
            bracket, fs, gs, slopes = [t_prev, t], [f_prev, f_new], [g_prev, g_new.clone()], [slope_prev, slope_new]
            break
        if abs(slope_new) <= -c2 * slope:
            bracket, fs, gs = [t], [f_new], [g_new]
            done = True
            break
        if slope_new >= 0:
            bracket, fs, gs, slopes = [t_prev, t], [f_prev, f_new], [g_prev, g_new.clone()], [slope_prev, slope_new]
            break
        least, kept = t + 0.01 * (t - t_prev), t
        t = _cubic(t_prev, f_prev, slope_prev, t, f_new, slope_new, bounds=(least, t * 10))
        t_prev, f_prev, g_prev, slope_prev = kept, f_new, g_new.clone(), slope_new
        f_new, g_new = evaluate(t)
        used += 1
        slope_new = g_new.dot(d)
        n += 1
    if n == most:
        bracket, fs, gs = [0, t], [f, f_new], [g, g_new]
    stuck = False
    low, high = (0, 1) if fs[0] <= fs[-1] else (1, 0)
    while not done and n < most:
        if abs(bracket[1] - bracket[0]) * size < tolerance:
            break
        t = _cubic(bracket[0], fs[0], slopes[0], bracket[1], fs[1], slopes[1])
        margin = 0.1 * (max(bracket) - min(bracket))
        if min(max(bracket) - t, t - min(bracket)) < margin:
            if stuck or t >= max(bracket) or t <= min(bracket):
                t = max(bracket) - margin if abs(t - max(bracket)) < abs(t - min(bracket)) else min(bracket) + margin
                stuck = False
            else:
                stuck = True
        else:
            stuck = False
        f_new, g_new = evaluate(t)
        used += 1
        slope_new = g_new.dot(d)
        n += 1
        if f_new > (f + c1 * t * slope) or f_new >= fs[low]:
            bracket[high], fs[high], gs[high], slopes[high] = t, f_new, g_new.clone(), slope_new
            low, high = (0, 1) if fs[0] <= fs[1] else (1, 0)
        else:
            if abs(slope_new) <= -c2 * slope:
                done = True
            elif slope_new * (bracket[high] - bracket[low]) >= 0:
                bracket[high], fs[high], gs[high], slopes[high] = bracket[low], fs[low], gs[low], slopes[low]
            bracket[low], fs[low], gs[low], slopes[low] = t, f_new, g_new.clone(), slope_new
    return fs[low if len(bracket) > 1 else 0], gs[low if len(bracket) > 1 else 0], bracket[low if len(bracket) > 1 else 0], used
