using System.CommandLine;

namespace Tracebloc.CommandLine;

/// <summary>A word of a command line: a verb, or a group of words.</summary>
public abstract class CommandWord
{
    private protected CommandWord()
    {
    }

    /// <summary>Lines below "Examples:" in the word's help, each a whole command, indented by two.</summary>
    public abstract string Examples { get; }

    internal abstract Command Command { get; }

    /// <summary>Gives the word another name, which does the same.</summary>
    /// <param name="name">The other name.</param>
    public void AddAlias(string name) => Command.Aliases.Add(name);

    /// <summary>Puts words below this one: <c>dataset push</c>.</summary>
    /// <param name="words">The words, in the order of the help.</param>
    public void Add(params IReadOnlyList<CommandWord> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        foreach (var word in words)
            Command.Add(word.Command);
    }
}

/// <summary>The library's command of a word.</summary>
internal abstract class WordCommand(string name, string about) : Command(name, about)
{
    public abstract CommandWord Word { get; }
}
