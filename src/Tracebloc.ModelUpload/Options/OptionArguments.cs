using System.CommandLine;
using Tracebloc.CommandLine;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The options of the table on a verb's command line.</summary>
internal sealed class OptionArguments
{
    private readonly IReadOnlyList<(OptionEntry Entry, Option<string?> Option)> _options =
        [.. OptionTable.All.Select(entry => (entry, Of(entry)))];

    public void AddTo(Verb verb)
    {
        foreach (var (entry, option) in _options)
        {
            verb.Add(option);
            if (entry.Choices.Count > 0) verb.Offer(option, entry.Choices);
        }
    }

    /// <summary>The texts that were given; where one was given twice, the last, as argparse has it.</summary>
    public RawOptions Read(ParseResult result) => new(_options
        .Where(each => result.GetResult(each.Option) is { Implicit: false })
        .ToDictionary(each => each.Entry.Name, each => result.GetValue(each.Option) ?? ""));

    private static Option<string?> Of(OptionEntry entry) => new(entry.Flag)
    {
        HelpName = entry.Choices.Count > 0 ? string.Join('|', entry.Choices) : entry.ValueName,
        // For the verbs below the root verb too, which read them by this object.
        Recursive = true,
        Description = entry.Meaning + (entry.Default is { } absent ? $" Default: {absent}" : ""),
        // One value an occurrence, and of several occurrences the last.
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parsing.Value,
    };
}
