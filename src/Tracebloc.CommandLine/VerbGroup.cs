using System.CommandLine;

namespace Tracebloc.CommandLine;

/// <summary>Verbs below one word, as <c>push</c> below <c>dataset</c>; alone it prints its help.</summary>
public sealed class VerbGroup : CommandWord
{
    /// <param name="name">The word on the command line.</param>
    /// <param name="about">One sentence for the help.</param>
    /// <param name="examples">Whole commands, one a line, indented by two.</param>
    /// <param name="words">The words below it, in the order of the help.</param>
    public VerbGroup(string name, string about, string examples, params IReadOnlyList<CommandWord> words)
    {
        (Examples, Command) = (examples, new GroupCommand(this, name, about));
        Add(words);
    }

    /// <inheritdoc/>
    public override string Examples { get; }

    internal override Command Command { get; }
}

/// <summary>The library's command of a group.</summary>
internal sealed class GroupCommand(VerbGroup group, string name, string about) : WordCommand(name, about)
{
    public override CommandWord Word => group;
}
