using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Ends where the tree would become so deep that building it exhausts the stack, which nothing can catch.
/// </summary>
internal sealed class KubeConfigParser(TextReader text) : IParser
{
    // A kubeconfig is seven deep where a plugin's own settings begin.
    private const int MaxDepth = 64;

    private readonly Parser _parser = new(text);
    private readonly Stack<AnchorName> _open = [];

    public ParsingEvent? Current => _parser.Current;

    public bool MoveNext()
    {
        var moved = _parser.MoveNext();
        switch (Current)
        {
            case MappingStart or SequenceStart when _open.Count == MaxDepth:
                throw Fault($"nested deeper than {MaxDepth} levels");
            case NodeEvent { NestingIncrease: 1 } node:
                _open.Push(node.Anchor);
                break;
            case MappingEnd or SequenceEnd:
                _open.Pop();
                break;
            case AnchorAlias alias when _open.Contains(alias.Value):
                throw Fault("an alias stands within what it stands for");
        }

        return moved;
    }

    private SemanticErrorException Fault(string message) =>
        Current is { } here ? new(here.Start, here.End, message) : new(message);
}
