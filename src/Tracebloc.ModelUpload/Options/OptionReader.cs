using Tracebloc.Configuration;
using Tracebloc.ModelUpload.Credentials;

namespace Tracebloc.ModelUpload.Options;

/// <summary>Merged options by type. A value that does not fit is an error among the findings, and null.</summary>
internal sealed class OptionReader
{
    private readonly OptionLookup _lookup;
    private readonly IReadOnlyDictionary<string, string> _environment;

    public OptionReader(
        RawOptions args, IReadOnlyDictionary<string, string> environment, IInputFiles files, Findings findings)
    {
        _lookup = new OptionLookup(args, environment, files, findings);
        (_environment, Files, Findings) = (environment, files, findings);
    }

    public IInputFiles Files { get; }

    public Findings Findings { get; }

    /// <summary>A variable that is no option's; null where it is empty.</summary>
    public string? Variable(string name) =>
        _environment.GetValueOrDefault(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>A variable with its blanks, for a secret.</summary>
    public string? RawVariable(string name) => SecretText.Of(_environment.GetValueOrDefault(name) ?? "");

    public OptionValue? Find(string name) => _lookup.Find(name);

    public string? Text(string name) => Find(name)?.Text;

    public Secret? Secret(string name) => Text(name) is { } text ? Findings.Hide(text) : null;

    /// <summary>The value; an error where there is none.</summary>
    public OptionValue? Required(string name)
    {
        var (value, entry) = (Find(name), OptionTable.Get(name));
        // An unreadable folder was reported, and the value may be in it.
        if (value is null && !_lookup.IsUnreadable(entry)) Findings.Error(Missing(entry));
        return value;
    }

    /// <summary>True or false; null where it is absent.</summary>
    public bool? Flag(string name) => Find(name) is { } value ? Flag(value) : null;

    /// <summary>One of the option's choices, in any case of letters; the first of the words where it is none.</summary>
    public T Choice<T>(string name, params IReadOnlyList<(string Word, T Value)> words)
    {
        var value = Find(name);
        foreach (var (word, meaning) in words)
            if (word.Equals(value?.Text, StringComparison.OrdinalIgnoreCase)) return meaning;
        if (value is not null)
            Reject(value, $"write {Listed([.. words.Select(each => each.Word)])}");
        return words[0].Value;
    }

    /// <summary>A number of bytes from a least one on.</summary>
    public long? Size(string name, long least)
    {
        if (Find(name) is not { } value) return null;
        var text = value.Text.EndsWith("/s", StringComparison.Ordinal) ? value.Text[..^2] : value.Text;
        if (ByteSize.TryParse(text, out var size) && size >= least) return size;
        Reject(value, $"write bytes, at least {least}, such as 67108864, 64Mi or 1G");
        return null;
    }

    /// <summary>A path from the root.</summary>
    public string? AbsolutePath(string name)
    {
        if (Required(name) is not { } value) return null;
        if (Path.IsPathRooted(value.Text)) return value.Text;
        Reject(value, "write an absolute path");
        return null;
    }

    /// <summary>The path of a file that is there and readable; null where the option is absent.</summary>
    /// <param name="name">The option.</param>
    /// <param name="mark">A text that the file must contain.</param>
    public string? ReadableFile(string name, string? mark = null) =>
        Find(name) is { } value ? ReadableFile(value.Text, value.Place, mark) : null;

    /// <summary>The same for a path from another place than an option.</summary>
    public string? ReadableFile(string path, string place, string? mark = null)
    {
        var file = Files.Read(path, SecretText.MaxBytes);
        var fault = file.IsAbsent ? "does not exist; check the path and that it is mounted"
            : file.Fault ?? (mark is not null && !file.Text.Contains(mark, StringComparison.Ordinal)
                ? $"has no {mark} in it; name another file"
                : null);
        if (fault is null) return path;
        Findings.Error($"{place}: {path} {fault}");
        return null;
    }

    /// <summary>Adds an error about a value.</summary>
    public void Reject(OptionValue value, string remedy) => Findings.Error($"{value}; {remedy}");

    private bool? Flag(OptionValue value)
    {
        if (BooleanText.TryParse(value.Text, out var flag)) return flag;
        Reject(value, "write true or false");
        return null;
    }

    private static string Missing(OptionEntry entry) =>
        $"{entry.Flag} is missing; give it or {entry.Variable}"
        + (entry.Folder is { } folder ? $", or the file {entry.Keys[0]} in the folder of --{folder}" : "");

    private static string Listed(string[] words) => $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
