using System.Globalization;

namespace Tracebloc.Configuration;

/// <summary>
/// Reads environment variables one by one and collects what is wrong, so that a program reports all of it at once. An
/// empty variable counts as absent, as it does to a shell's <c>${NAME:-default}</c>.
/// </summary>
/// <param name="lookUp">Looks a variable up; null when it is unset.</param>
/// <param name="errors">Receives what is wrong.</param>
public sealed class EnvironmentVariables(Func<string, string?> lookUp, ConfigurationErrors errors)
{
    /// <summary>The value without blanks around it; null when it is absent.</summary>
    public string? Find(string name) => lookUp(name)?.Trim() is { Length: > 0 } value ? value : null;

    /// <summary>The value as it is, blanks included: a password may have them.</summary>
    public Secret? FindSecret(string name) => lookUp(name) is { Length: > 0 } value ? new Secret(value) : null;

    /// <summary>The value; an error when it is absent.</summary>
    public string Required(string name, string remedy)
    {
        if (Find(name) is { } value) return value;
        Add(name, $"is not set; {remedy}");
        return "";
    }

    /// <summary>The value as it is; an error when it is absent.</summary>
    public Secret RequiredSecret(string name, string remedy)
    {
        if (FindSecret(name) is { } value) return value;
        Add(name, $"is not set; {remedy}");
        return new Secret("");
    }

    /// <summary>A whole number within its bounds.</summary>
    public int Number(string name, int absent, int least, int most)
    {
        if (Find(name) is not { } text) return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most)
            return number;
        Add(name, $"is \"{text}\"; write a whole number from {least} to {most}");
        return absent;
    }

    /// <summary>One of several words, in any case of letters.</summary>
    public T Word<T>(string name, T absent, IReadOnlyDictionary<string, T> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (Find(name) is not { } text) return absent;
        if (words.TryGetValue(text.ToLowerInvariant(), out var value)) return value;
        Add(name, $"is \"{text}\"; write {Listed([.. words.Keys])}");
        return absent;
    }

    /// <summary>An absolute path; null when it is absent.</summary>
    public string? Folder(string name)
    {
        if (Find(name) is not { } path || Path.IsPathRooted(path)) return Find(name);
        Add(name, $"is \"{path}\"; write an absolute path");
        return null;
    }

    /// <summary>Adds an error about a variable.</summary>
    public void Add(string name, string message) => errors.Add(0, name, message);

    private static string Listed(string[] words) => $"{string.Join(", ", words[..^1])} or {words[^1]}";
}
