/** Control flow and arithmetic of sizes as functions, for what is compiled: https://docs.pytorch.org/docs/stable/cond.html */
export const torch = String.raw`
import builtins

def cond(pred, true_fn, false_fn, operands=()):
    return true_fn(*operands) if pred else false_fn(*operands)

def while_loop(cond_fn, body_fn, carried_inputs):
    carried = tuple(carried_inputs)
    while cond_fn(*carried):
        carried = tuple(body_fn(*carried))
    return carried

def sym_int(a):
    return int(a)

def sym_float(a):
    return float(a)

def sym_not(a):
    return not a

def sym_max(a, b):
    return builtins.max(a, b)

def sym_min(a, b):
    return builtins.min(a, b)

def sym_sum(args):
    return builtins.sum(args)

def sym_ite(b, t, f):
    return t if b else f
`;
