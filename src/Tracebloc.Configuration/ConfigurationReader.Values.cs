using System.Globalization;

namespace Tracebloc.Configuration;

public sealed partial class ConfigurationReader
{
    /// <summary>Text; null when absent or wrong. Numbers, true and false are text only in quotes.</summary>
    public string? Text(string key)
    {
        var value = Find(key);
        if (value is null) return null;
        if (value is ConfigurationNode.Scalar { Type: ScalarType.Text, Text.Length: > 0 } scalar) return scalar.Text;
        Refuse(value, value switch
        {
            ConfigurationNode.Scalar { IsPlain: true } plain => $"must be text; put it in quotes: \"{plain.Text}\"",
            ConfigurationNode.Scalar => "must not be empty; remove the key",
            _ => $"must be text, but is {value.Description}",
        });
        return null;
    }

    /// <summary>The texts of a list, each parsed; none when absent, and what is wrong is left out.</summary>
    public IReadOnlyList<T> Texts<T>(string key, TextParser<T> parse)
    {
        ArgumentNullException.ThrowIfNull(parse);
        var value = Find(key);
        if (value is null) return [];
        var items = (value as ConfigurationNode.Sequence)?.Items ?? [];
        if (value is not ConfigurationNode.Sequence)
            Refuse(value, $"must be a list (- item), but is {value.Description}");
        else if (items.Count == 0)
            Refuse(value, "must not be an empty list; remove the key");
        var parsed = new List<T>();
        foreach (var item in items)
        {
            if (item is not ConfigurationNode.Scalar { Type: ScalarType.Text } scalar)
                Refuse(item, $"must be text, but is {item.Description}");
            else if (parse(scalar.Text, out var one, out var error))
                parsed.Add(one);
            else
                Refuse(item, error);
        }

        return parsed;
    }

    /// <summary>Required text; null when wrong, and then the error is recorded.</summary>
    /// <param name="key">The key.</param>
    /// <param name="example">An example for the message when it is absent: <c>image: nginx:stable</c>.</param>
    public string? RequiredText(string key, string example)
    {
        if (Find(key) is null) Missing(key, $"write {example}");
        return Text(key);
    }

    /// <summary>One of the choices, spelt exactly; null when absent or wrong.</summary>
    /// <param name="key">The key.</param>
    /// <param name="noun">The noun of a choice with its article, for the message: <c>an action</c>.</param>
    /// <param name="choices">Two or more.</param>
    public string? Choice(string key, string noun, params IReadOnlyList<string> choices)
    {
        var text = Text(key);
        if (text is null || choices.Contains(text)) return text;
        Refuse(key, $"\"{text}\" is not {noun}; use {string.Join(", ", choices.SkipLast(1))} or {choices[^1]}");
        return null;
    }

    /// <summary>True or false; null when absent or wrong.</summary>
    public bool? Boolean(string key)
    {
        var value = Find(key);
        if (value is null) return null;
        if (value is ConfigurationNode.Scalar { Boolean: { } flag }) return flag;
        Refuse(value, $"must be true or false without quotes, but is {value.Description}");
        return null;
    }

    /// <summary>A whole number of at least <paramref name="minimum"/>; null when absent or wrong.</summary>
    public int? Integer(string key, int minimum)
    {
        var value = Find(key);
        if (value is null) return null;
        var isInteger = value is ConfigurationNode.Scalar { Type: ScalarType.Number } scalar
            & int.TryParse((value as ConfigurationNode.Scalar)?.Text, CultureInfo.InvariantCulture, out var number);
        if (isInteger && number >= minimum) return number;
        Refuse(value, $"must be a whole number of at least {minimum}, but is {value.Description}");
        return null;
    }

    /// <summary>A duration, <c>10m</c> or <c>1h30m</c>; null when absent or wrong.</summary>
    public TimeSpan? Duration(string key)
    {
        var value = Find(key);
        if (value is null) return null;
        if (value is not ConfigurationNode.Scalar scalar)
            Refuse(value, $"must be a duration such as 10m, but is {value.Description}");
        else if (Configuration.Duration.TryParse(scalar.Text, out var duration, out var error))
            return duration;
        else
            Refuse(value, error);
        return null;
    }

    /// <summary>Records an error about the value of a key, with its line.</summary>
    public void Refuse(string key, string message)
    {
        if (Find(key) is { } value) Refuse(value, message);
        else errors.Add(mapping.Line, mapping.Path, $"{key}: {message}");
    }

    private void Refuse(ConfigurationNode value, string message) => errors.Add(value, message);
}
