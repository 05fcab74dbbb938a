namespace Tracebloc.CommandLine;

/// <summary>A place in a command line: the words so far, of which the next word or option depends.</summary>
/// <param name="Path">The words so far, each behind a slash: <c>/dataset/push</c>; empty at the beginning.</param>
/// <param name="Word">The last of them.</param>
internal sealed record CompletionPlace(string Path, WordSyntax Word)
{
    /// <summary>All places of a program, the beginning first.</summary>
    public static IReadOnlyList<CompletionPlace> All(WordSyntax program) => [.. Below("", program)];

    /// <summary>The steps to the next places: the name of a word, and the place behind it.</summary>
    public IEnumerable<(string Typed, string Path)> Steps =>
        from word in Word.Words
        from name in word.Aliases.Prepend(word.Name)
        select ($"{Path}/{name}", $"{Path}/{word.Name}");

    /// <summary>The options with a value, each name with the place before it: <c>/dataset/push:--output</c>.</summary>
    public IEnumerable<(string Typed, ValueSyntax Value)> Values =>
        from option in Word.Options
        where option.Value is not null
        from name in option.Names
        select ($"{Path}:{name}", option.Value);

    /// <summary>The words that may come next, options aside, with a sentence about each.</summary>
    public IEnumerable<(string Name, string About)> Next =>
    [
        .. Word.Words.Select(word => (word.Name, word.About)),
        .. (Word.Argument?.Words ?? []).Select(word => (word, "")),
    ];

    /// <summary>The names of all options, with a sentence about each.</summary>
    public IEnumerable<(string Name, string About)> Options =>
        Word.Options.SelectMany(option => option.Names.Select(name => (name, option.About)));

    private static IEnumerable<CompletionPlace> Below(string path, WordSyntax word) =>
        word.Words.SelectMany(each => Below($"{path}/{each.Name}", each)).Prepend(new(path, word));
}
