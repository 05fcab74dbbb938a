using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tracebloc.Configuration;

/// <summary>YamlDotNet's parser, whose faults beside <see cref="YamlException"/> have one type here.</summary>
internal sealed class GuardedParser(IParser parser) : IParser
{
    public ParsingEvent? Current => parser.Current;

    public bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (InvalidOperationException)
        {
            // Scanner.ScanPlainScalar: text that is indented less than the open bracket it stands in.
            throw new ParserException("is not YAML: a bracket or brace is left open here or above");
        }
        catch (ArgumentException)
        {
            // Scanner.ScanFlowScalar, of "\UFFFFFFFF", and TagName, of !<>.
            throw new ParserException("is not YAML: an escape or a tag here or below is invalid");
        }
    }
}

/// <summary>The parser failed on a text that is not YAML; the message has no place.</summary>
internal sealed class ParserException(string message) : Exception(message);
