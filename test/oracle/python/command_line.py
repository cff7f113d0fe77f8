"""Options of a script, as argparse makes sizes of them."""
import argparse
import torch


def ints(text):
    return [int(part) for part in text.split(",")]


common = argparse.ArgumentParser(add_help=False)
common.add_argument("--seed-size", type=int, default=2)
parser = argparse.ArgumentParser("train", parents=[common])
parser.add_argument("--batch-size", "-b", type=int, default=8, metavar="N")
parser.add_argument("--widths", type=ints, default="3,5")
parser.add_argument("--kernel", nargs=2, type=int, default=[7, 1])
parser.add_argument("--depths", nargs="+", type=int, default=[2, 2])
parser.add_argument("--wide", action="store_true")
parser.add_argument("--no-bias", dest="bias", action="store_false", default=True)
parser.add_argument("-v", action="count", default=0)
parser.add_argument("--stage", action="append", type=int)
parser.add_argument("--size", action="store_const", const=9, default=4)
parser.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True)
group = parser.add_argument_group("model")
group.add_argument("--dim", type=int, default=None)
parser.set_defaults(heads=6, dim=12)

args = parser.parse_args([])
plain = torch.zeros(args.batch_size, args.seed_size, args.heads, args.dim, args.size)
widths = torch.zeros(*args.widths, *args.kernel)
flags = torch.zeros(4 if args.wide else 1, 2 if args.bias else 3, 5 if args.flag else 6, args.v + 1)
first = torch.zeros(len(args.depths), 1 if args.stage is None else 2)

args = parser.parse_args("-b 16 --widths=1,2,4 --kernel 2 3 --depths 1 1 6 1 --wide --no-bias -v -v --stage 3 --stage 4 --size --no-flag --dim 64".split())
plain = torch.zeros(args.batch_size, args.seed_size, args.heads, args.dim, args.size)
widths = torch.zeros(*args.widths, *args.kernel)
flags = torch.zeros(4 if args.wide else 1, 2 if args.bias else 3, 5 if args.flag else 6, args.v + 1)
second = torch.zeros(len(args.depths), 1 if args.stage is None else len(args.stage))
known, rest = parser.parse_known_args(["--other", "1", "-b", "4"])
third = torch.zeros(known.batch_size, len(rest))
options = {name: value for name, value in vars(known).items() if isinstance(value, int)}
fourth = torch.zeros(options["batch_size"], options["heads"])
positional = argparse.ArgumentParser()
positional.add_argument("count", type=int)
positional.add_argument("others", nargs="*", type=int)
fifth = positional.parse_args(["3", "4", "5"])
sixth = torch.zeros(fifth.count, *fifth.others)
