using NnGpt.Python.Runtime;
using NnGpt.Torch;
using NnGpt.Torch.Optim;

namespace NnGpt.Candidates.Optim;

/// <summary>The optimisers of torch.optim, each update written as PyTorch 1.13's single-tensor form computes it;
/// SGD and Adam in one pass where fast kernels are wanted.</summary>
internal static class Optimizers
{
    private static readonly Operator s_add = Operators.Get("add", "Tensor");
    private static readonly Operator s_addInPlace = Operators.Get("add_", "Tensor");
    private static readonly Operator s_addScalar = Operators.Get("add_", "Scalar");
    private static readonly Operator s_scale = Operators.Get("mul_", "Scalar");
    private static readonly Operator s_divide = Operators.Get("div_", "Scalar");
    private static readonly Operator s_addProduct = Operators.Get("addcmul_");
    private static readonly Operator s_addQuotient = Operators.Get("addcdiv_");
    private static readonly Operator s_root = Operators.Get("sqrt");
    private static readonly Operator s_zerosLike = Operators.Get("zeros_like");
    private static readonly Operator s_maximum = Operators.Get("maximum");
    private static readonly Operator s_negate = Operators.Get("neg");

    public static readonly IReadOnlyList<PyClass> All =
    [
        OptimizerClass.Declare("SGD", "lr=None, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None, differentiable=False", defaults =>
        {
            if (defaults.GetOrNull("lr") is PyNone)
                throw PyErrors.ValueError("parameter group didn't specify a value of required optimization parameter lr");
            NotNegative(defaults, "lr", "learning rate");
            NotNegative(defaults, "momentum", "momentum value");
            NotNegative(defaults, "weight_decay", "weight_decay value");
            if (Py.Truth(defaults.GetOrNull("nesterov")!) && (Py.ToDouble(defaults.GetOrNull("momentum")!) <= 0 || Py.ToDouble(defaults.GetOrNull("dampening")!) != 0))
                throw PyErrors.ValueError("Nesterov momentum requires a momentum and zero dampening");
        }, Sgd),
        OptimizerClass.Declare("Adam", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, foreach=None, maximize=False, capturable=False, differentiable=False, fused=False", CheckAdam, u => Adam(u, decoupled: false)),
        OptimizerClass.Declare("AdamW", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, maximize=False, foreach=None, capturable=False", CheckAdam, u => Adam(u, decoupled: true)),
        OptimizerClass.Declare("RMSprop", "lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, foreach=None, maximize=False, differentiable=False", defaults =>
        {
            NotNegative(defaults, "lr", "learning rate");
            NotNegative(defaults, "eps", "epsilon value");
            NotNegative(defaults, "momentum", "momentum value");
            NotNegative(defaults, "weight_decay", "weight_decay value");
            NotNegative(defaults, "alpha", "alpha value");
        }, RmsProp),
        OptimizerClass.Declare("Adagrad", "lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None, *, maximize=False", defaults =>
        {
            NotNegative(defaults, "lr", "learning rate");
            NotNegative(defaults, "lr_decay", "lr_decay value");
            NotNegative(defaults, "weight_decay", "weight_decay value");
            NotNegative(defaults, "initial_accumulator_value", "initial_accumulator_value value");
            NotNegative(defaults, "eps", "epsilon value");
        }, Adagrad),
        OptimizerClass.Declare("Adadelta", "lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach=None, *, maximize=False", defaults =>
        {
            NotNegative(defaults, "lr", "learning rate");
            if (Py.ToDouble(defaults.GetOrNull("rho")!) is not (>= 0 and <= 1))
                throw PyErrors.ValueError($"Invalid rho value: {Py.Str(defaults.GetOrNull("rho")!)}");
            NotNegative(defaults, "eps", "epsilon value");
            NotNegative(defaults, "weight_decay", "weight_decay value");
        }, Adadelta),
        OptimizerClass.Declare("Adamax", "lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None, *, maximize=False", CheckAdam, Adamax),
        OptimizerClass.Declare("NAdam", "lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, foreach=None", defaults =>
        {
            CheckAdam(defaults);
            NotNegative(defaults, "momentum_decay", "momentum_decay value");
        }, NAdam),
        OptimizerClass.Declare("RAdam", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None", CheckAdam, RAdam),
    ];

    private static void NotNegative(PyDict defaults, string name, string what)
    {
        var value = defaults.GetOrNull(name)!;
        if (!Py.Truth(Py.Compare(CompareOperator.LessOrEqual, 0.0, value)))
            throw PyErrors.ValueError($"Invalid {what}: {Py.Str(value)}");
    }

    private static void CheckAdam(PyDict defaults)
    {
        NotNegative(defaults, "lr", "learning rate");
        NotNegative(defaults, "eps", "epsilon value");
        var betas = Py.ToList(defaults.GetOrNull("betas")!);
        for (var i = 0; i < 2; i++)
        {
            if (Py.ToDouble(betas[i]) is not (>= 0 and < 1))
                throw PyErrors.ValueError($"Invalid beta parameter at index {i}: {Py.Str(betas[i])}");
        }

        NotNegative(defaults, "weight_decay", "weight_decay value");
    }

    private static Tensor Gradient(Update u)
    {
        var gradient = u.Flag("maximize") ? s_negate.Call(u.Gradient) : u.Gradient;
        var decay = u.Number("weight_decay");
        return decay != 0 ? s_add.Call(gradient, u.Parameter, decay) : gradient;
    }

    private static Tensor Zeros(Tensor like) => s_zerosLike.Call(like);

    private static void Sgd(Update u)
    {
        var momentum = u.Number("momentum");
        if (TryFusedSgd(u, momentum))
            return;
        var gradient = Gradient(u);
        if (momentum != 0)
        {
            var first = !u.State.Has("momentum_buffer");
            var buffer = u.State.Get("momentum_buffer", () => gradient.Clone());
            if (!first)
            {
                s_scale.CallInPlace(buffer, momentum);
                s_addInPlace.CallInPlace(buffer, gradient, 1 - u.Number("dampening"));
            }

            gradient = u.Flag("nesterov") ? s_add.Call(gradient, buffer, momentum) : buffer;
        }

        s_addInPlace.CallInPlace(u.Parameter, gradient, -u.Number("lr"));
    }

    // The first step with momentum makes the buffer, and is not fused.
    private static bool TryFusedSgd(Update u, double momentum) =>
        FastKernels.Enabled && !u.Flag("maximize") && (momentum == 0 || u.State.Has("momentum_buffer")) && FusedSteps.TrySgd(
            u.Parameter, u.Gradient, momentum == 0 ? null : u.State.Get("momentum_buffer", () => Zeros(u.Parameter)), u.Number("lr"), momentum,
            u.Number("dampening"), u.Number("weight_decay"), u.Flag("nesterov"));

    private static bool TryFusedAdam(Update u, bool decoupled) =>
        FastKernels.Enabled && !u.Flag("maximize") && !u.Flag("amsgrad") && FusedSteps.TryAdam(
            u.Parameter, u.Gradient, u.State.Get("exp_avg", () => Zeros(u.Parameter)), u.State.Get("exp_avg_sq", () => Zeros(u.Parameter)),
            u.State.Step, u.Number("lr"), u.Betas(), u.Number("eps"), u.Number("weight_decay"), decoupled);

    private static void Adam(Update u, bool decoupled)
    {
        var (beta1, beta2) = u.Betas();
        var lr = u.Number("lr");
        var step = ++u.State.Step;
        if (TryFusedAdam(u, decoupled))
            return;
        if (decoupled)
            s_scale.CallInPlace(u.Parameter, 1 - lr * u.Number("weight_decay"));
        var gradient = decoupled ? u.Flag("maximize") ? s_negate.Call(u.Gradient) : u.Gradient : Gradient(u);
        var average = Moment(u, gradient, beta1);
        var square = Square(u, gradient, beta2);
        var correction1 = 1 - Math.Pow(beta1, step);
        var root2 = Math.Sqrt(1 - Math.Pow(beta2, step));
        if (u.Flag("amsgrad"))
        {
            var largest = u.State.Get("max_exp_avg_sq", () => Zeros(u.Parameter));
            Operators.Get("copy_").CallInPlace(largest, s_maximum.Call(largest, square));
            square = largest;
        }

        var denominator = s_root.Call(square);
        s_divide.CallInPlace(denominator, root2);
        s_addScalar.CallInPlace(denominator, u.Number("eps"));
        s_addQuotient.CallInPlace(u.Parameter, average, denominator, -(lr / correction1));
    }

    private static Tensor Moment(Update u, Tensor gradient, double beta)
    {
        var average = u.State.Get("exp_avg", () => Zeros(u.Parameter));
        s_scale.CallInPlace(average, beta);
        s_addInPlace.CallInPlace(average, gradient, 1 - beta);
        return average;
    }

    private static Tensor Square(Update u, Tensor gradient, double beta)
    {
        var square = u.State.Get("exp_avg_sq", () => Zeros(u.Parameter));
        s_scale.CallInPlace(square, beta);
        s_addProduct.CallInPlace(square, gradient, gradient, 1 - beta);
        return square;
    }

    private static void RmsProp(Update u)
    {
        var gradient = Gradient(u);
        var alpha = u.Number("alpha");
        var square = u.State.Get("square_avg", () => Zeros(u.Parameter));
        s_scale.CallInPlace(square, alpha);
        s_addProduct.CallInPlace(square, gradient, gradient, 1 - alpha);
        Tensor average;
        if (u.Flag("centered"))
        {
            var mean = u.State.Get("grad_avg", () => Zeros(u.Parameter));
            s_scale.CallInPlace(mean, alpha);
            s_addInPlace.CallInPlace(mean, gradient, 1 - alpha);
            var variance = square.Clone();
            s_addProduct.CallInPlace(variance, mean, mean, -1.0);
            average = s_root.Call(variance);
        }
        else
        {
            average = s_root.Call(square);
        }

        s_addScalar.CallInPlace(average, u.Number("eps"));
        var momentum = u.Number("momentum");
        if (momentum > 0)
        {
            var buffer = u.State.Get("momentum_buffer", () => Zeros(u.Parameter));
            s_scale.CallInPlace(buffer, momentum);
            s_addQuotient.CallInPlace(buffer, gradient, average, 1.0);
            s_addInPlace.CallInPlace(u.Parameter, buffer, -u.Number("lr"));
        }
        else
        {
            s_addQuotient.CallInPlace(u.Parameter, gradient, average, -u.Number("lr"));
        }
    }

    private static void Adagrad(Update u)
    {
        var gradient = Gradient(u);
        var step = ++u.State.Step;
        var sum = u.State.Get("sum", () =>
        {
            var made = Zeros(u.Parameter);
            s_addScalar.CallInPlace(made, u.Number("initial_accumulator_value"));
            return made;
        });
        s_addProduct.CallInPlace(sum, gradient, gradient, 1.0);
        var deviation = s_root.Call(sum);
        s_addScalar.CallInPlace(deviation, u.Number("eps"));
        s_addQuotient.CallInPlace(u.Parameter, gradient, deviation, -(u.Number("lr") / (1 + (step - 1) * u.Number("lr_decay"))));
    }

    private static void Adadelta(Update u)
    {
        var gradient = Gradient(u);
        var rho = u.Number("rho");
        var eps = u.Number("eps");
        var square = u.State.Get("square_avg", () => Zeros(u.Parameter));
        var accumulated = u.State.Get("acc_delta", () => Zeros(u.Parameter));
        s_scale.CallInPlace(square, rho);
        s_addProduct.CallInPlace(square, gradient, gradient, 1 - rho);
        var deviation = square.Clone();
        s_addScalar.CallInPlace(deviation, eps);
        deviation = s_root.Call(deviation);
        var delta = accumulated.Clone();
        s_addScalar.CallInPlace(delta, eps);
        delta = s_root.Call(delta);
        delta = Operators.Get("mul", "Tensor").Call(Operators.Get("div", "Tensor").Call(delta, deviation), gradient);
        s_scale.CallInPlace(accumulated, rho);
        s_addProduct.CallInPlace(accumulated, delta, delta, 1 - rho);
        s_addInPlace.CallInPlace(u.Parameter, delta, -u.Number("lr"));
    }

    private static void Adamax(Update u)
    {
        var gradient = Gradient(u);
        var (beta1, beta2) = u.Betas();
        var step = ++u.State.Step;
        var average = Moment(u, gradient, beta1);
        var norm = u.State.Get("exp_inf", () => Zeros(u.Parameter));
        s_scale.CallInPlace(norm, beta2);
        var size = Operators.Get("abs").Call(gradient);
        s_addScalar.CallInPlace(size, u.Number("eps"));
        Operators.Get("copy_").CallInPlace(norm, s_maximum.Call(norm, size));
        s_addQuotient.CallInPlace(u.Parameter, average, norm, -(u.Number("lr") / (1 - Math.Pow(beta1, step))));
    }

    private static void NAdam(Update u)
    {
        var gradient = Gradient(u);
        var (beta1, beta2) = u.Betas();
        var step = ++u.State.Step;
        var decay = u.Number("momentum_decay");
        var lr = u.Number("lr");
        var mu = beta1 * (1 - 0.5 * Math.Pow(0.96, step * decay));
        var next = beta1 * (1 - 0.5 * Math.Pow(0.96, (step + 1) * decay));
        u.State.Product *= mu;
        var average = Moment(u, gradient, beta1);
        var square = Square(u, gradient, beta2);
        var denominator = square.Clone();
        s_divide.CallInPlace(denominator, 1 - Math.Pow(beta2, step));
        denominator = s_root.Call(denominator);
        s_addScalar.CallInPlace(denominator, u.Number("eps"));
        s_addQuotient.CallInPlace(u.Parameter, gradient, denominator, -lr * (1 - mu) / (1 - u.State.Product));
        s_addQuotient.CallInPlace(u.Parameter, average, denominator, -lr * next / (1 - u.State.Product * mu * next));
    }

    private static void RAdam(Update u)
    {
        var gradient = Gradient(u);
        var (beta1, beta2) = u.Betas();
        var step = ++u.State.Step;
        var average = Moment(u, gradient, beta1);
        var square = Square(u, gradient, beta2);
        var correction1 = 1 - Math.Pow(beta1, step);
        var correction2 = 1 - Math.Pow(beta2, step);
        var corrected = average.Clone();
        s_divide.CallInPlace(corrected, correction1);
        var rhoInfinity = 2 / (1 - beta2) - 1;
        var rho = rhoInfinity - 2 * step * Math.Pow(beta2, step) / correction2;
        if (rho > 5)
        {
            var rectified = Math.Sqrt((rho - 4) * (rho - 2) * rhoInfinity / ((rhoInfinity - 4) * (rhoInfinity - 2) * rho));
            var denominator = s_root.Call(square);
            s_addScalar.CallInPlace(denominator, u.Number("eps"));
            s_addQuotient.CallInPlace(u.Parameter, corrected, denominator, -u.Number("lr") * rectified * Math.Sqrt(correction2));
        }
        else
        {
            s_addInPlace.CallInPlace(u.Parameter, corrected, -u.Number("lr"));
        }
    }
}
