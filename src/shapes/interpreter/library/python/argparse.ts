/**
 * Command lines. A script is traced as if it were started without arguments: an option is its default, and what must be
 * given has the name of the option and what its uses say.
 * https://docs.python.org/3/library/argparse.html
 */
export const argparse = String.raw`
from torch._C import _assume, _given

SUPPRESS = '==SUPPRESS=='
REMAINDER = '...'
OPTIONAL = '?'
ZERO_OR_MORE = '*'
ONE_OR_MORE = '+'

class Namespace:
    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __contains__(self, key):
        return key in self.__dict__

class ArgumentError(Exception):
    pass

class ArgumentTypeError(Exception):
    pass

class HelpFormatter:
    def __init__(self, prog=None, *args, **kwargs):
        pass

class RawDescriptionHelpFormatter(HelpFormatter):
    pass

class RawTextHelpFormatter(RawDescriptionHelpFormatter):
    pass

class ArgumentDefaultsHelpFormatter(HelpFormatter):
    pass

class MetavarTypeHelpFormatter(HelpFormatter):
    pass

class Action:
    def __init__(self, option_strings, dest, nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None):
        self.option_strings = option_strings
        self.dest = dest
        self.nargs = nargs
        self.const = const
        self.default = default
        self.type = type
        self.choices = choices
        self.required = required
        self.help = help

class BooleanOptionalAction(Action):
    pass

class _Argument:
    def __init__(self, flags, dest, default, type, action, nargs, const, required, choices):
        self.flags = flags
        self.option_strings = flags
        self.dest = dest
        self.default = default
        self.type = type
        self.action = action
        self.nargs = nargs
        self.const = const
        self.required = required
        self.choices = choices

    def convert(self, text):
        return text if self.type is None else self.type(text)

    def absent(self, defaults):
        # What the namespace holds where the command line does not say it.
        default = defaults[self.dest] if self.dest in defaults else self.default
        if isinstance(default, str) and self.action == 'store':
            default = self.convert(default)
        if default is None and (self.required or len(self.flags) == 0 and self.nargs not in ('?', '*')):
            return _given(self.dest)
        if default is None and len(self.flags) == 0 and self.nargs == '*':
            return []
        return default

    def take(self, words, namespace):
        # The words behind the option that are its own, and how many they are.
        if self.action == 'store_true' or self.action == 'store_false':
            setattr(namespace, self.dest, self.action == 'store_true')
            return 0
        if self.action == 'store_const':
            setattr(namespace, self.dest, self.const)
            return 0
        if self.action == 'count':
            setattr(namespace, self.dest, (getattr(namespace, self.dest, None) or 0) + 1)
            return 0
        own = []
        for word in words:
            if word.startswith('-') and not word[1:2].isdigit() and len(word) > 1:
                break
            own.append(word)
            if self.nargs is None or self.nargs == '?' or self.nargs == len(own):
                break
        if self.nargs is None:
            value = self.convert(own[0])
        elif self.nargs == '?':
            value = self.convert(own[0]) if len(own) > 0 else self.const
        else:
            value = [self.convert(word) for word in own]
        if self.action == 'append':
            value = [*(getattr(namespace, self.dest, None) or []), value]
        elif self.action == 'extend':
            value = [*(getattr(namespace, self.dest, None) or []), *value]
        setattr(namespace, self.dest, value)
        return len(own)

class _Subparsers:
    def __init__(self, dest):
        self.dest = dest
        self.parsers = {}

    def add_parser(self, name, **kwargs):
        self.parsers[name] = ArgumentParser()
        return self.parsers[name]

class ArgumentParser:
    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars='-', fromfile_prefix_chars=None, argument_default=None,
                 conflict_handler='error', add_help=True, allow_abbrev=True, exit_on_error=True):
        self._arguments = []
        self._defaults = {}
        self._subparsers = None
        for parent in parents:
            self._arguments.extend(parent._arguments)
            self._defaults.update(parent._defaults)

    def add_argument(self, *names, action='store', nargs=None, const=None, default=None, type=None, choices=None, required=False, help=None, metavar=None, dest=None, version=None):
        flags = [name for name in names if name.startswith('-')]
        if action is BooleanOptionalAction:
            flags = flags + ['--no-' + flag[2:] for flag in flags if flag.startswith('--')]
            action = 'boolean'
        if dest is None:
            long = [name for name in names if name.startswith('--')]
            dest = (long or list(names))[0].lstrip('-').replace('-', '_') if len(names) > 0 else 'command'
        if default is None and action == 'store_true':
            default = False
        if default is None and action == 'store_false':
            default = True
        argument = _Argument(flags, dest, default, type, action, nargs, const, required, choices)
        if action not in ('help', 'version'):
            self._arguments.append(argument)
        return argument

    def add_argument_group(self, *args, **kwargs):
        return self

    def add_mutually_exclusive_group(self, **kwargs):
        return self

    def add_subparsers(self, dest=None, **kwargs):
        self._subparsers = _Subparsers(dest)
        return self._subparsers

    def set_defaults(self, **kwargs):
        self._defaults.update(kwargs)

    def get_default(self, dest):
        for argument in self._arguments:
            if argument.dest == dest:
                return self._defaults[dest] if dest in self._defaults else argument.default
        return self._defaults.get(dest)

    def _fill(self, namespace):
        for argument in self._arguments:
            if not hasattr(namespace, argument.dest) and argument.default is not SUPPRESS:
                setattr(namespace, argument.dest, argument.absent(self._defaults))
        for name, value in self._defaults.items():
            if not hasattr(namespace, name):
                setattr(namespace, name, value)
        if self._subparsers is not None and self._subparsers.dest is not None and not hasattr(namespace, self._subparsers.dest):
            setattr(namespace, self._subparsers.dest, _given(self._subparsers.dest))
        return namespace

    def _parse(self, words, namespace):
        options = {flag: argument for argument in self._arguments for flag in argument.flags}
        waiting = [argument for argument in self._arguments if len(argument.flags) == 0]
        rest = []
        at = 0
        while at < len(words):
            word = words[at]
            at += 1
            flag, equals, text = word.partition('=')
            if flag in options:
                argument = options[flag]
                if argument.action == 'boolean':
                    setattr(namespace, argument.dest, not flag.startswith('--no-'))
                elif equals == '=':
                    argument.take([text], namespace)
                else:
                    at += argument.take(words[at:], namespace)
            elif len(waiting) > 0 and not word.startswith('-'):
                at += waiting.pop(0).take(words[at - 1:], namespace) - 1
            elif self._subparsers is not None and word in self._subparsers.parsers:
                if self._subparsers.dest is not None:
                    setattr(namespace, self._subparsers.dest, word)
                self._subparsers.parsers[word].parse_known_args(words[at:], namespace)
                at = len(words)
            else:
                rest.append(word)
        return rest

    def parse_known_args(self, args=None, namespace=None):
        namespace = Namespace() if namespace is None else namespace
        if args is None:
            _assume('the script is started without arguments: every option has its default')
        rest = [] if args is None else self._parse(list(args), namespace)
        return self._fill(namespace), rest

    def parse_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def parse_intermixed_args(self, args=None, namespace=None):
        return self.parse_known_args(args, namespace)[0]

    def print_help(self, file=None):
        pass

    def print_usage(self, file=None):
        pass

    def format_help(self):
        return str(object())

    def error(self, message):
        raise SystemExit(2)

    def exit(self, status=0, message=None):
        raise SystemExit(status)
`;
