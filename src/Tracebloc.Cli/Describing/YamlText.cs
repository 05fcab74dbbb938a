using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.Cli.Describing;

/// <summary>Writes YAML line by line, with quotes wherever a reader of YAML 1.1 or 1.2 would see no text.</summary>
internal sealed partial class YamlText(bool hasComments)
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds a comment, where comments are wanted.</summary>
    public void Comment(string text)
    {
        if (!hasComments) return;
        foreach (var line in text.Split('\n'))
            _text.Append("# ").Append(Escaped.Text(line)).Append('\n');
    }

    /// <summary>Adds a blank line, where comments are wanted.</summary>
    public void Gap()
    {
        if (hasComments) _text.Append('\n');
    }

    /// <summary>Adds a key with a text.</summary>
    public void Text(string key, string value, int depth = 0) => Line(key, Scalar(value), depth);

    /// <summary>Adds a key with a number.</summary>
    public void Number(string key, int value, int depth = 0) =>
        Line(key, value.ToString(CultureInfo.InvariantCulture), depth);

    /// <summary>Adds a key with other YAML on the same line.</summary>
    public void Line(string key, string yaml, int depth = 0) => _text.Append(' ', depth * 2)
        .Append(Scalar(key)).Append(yaml.Length > 0 ? ": " : ":").Append(yaml).Append('\n');

    /// <summary>Adds the start of an item whose keys follow one deeper.</summary>
    public void Item(string key, string value, int depth) => _text.Append(' ', depth * 2)
        .Append("- ").Append(Scalar(key)).Append(": ").Append(Scalar(value)).Append('\n');

    public override string ToString() => _text.ToString();

    /// <summary>A text as a scalar: plain where that is safe, else in double quotes.</summary>
    public static string Scalar(string text) =>
        Plain().IsMatch(text) && YamlRules.Go.TypeOf(text) == ScalarType.Text
        && YamlRules.Strict.TypeOf(text) == ScalarType.Text
            ? text
            : $"\"{Escaped.Text(text.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal))
                .Replace("\uFEFF", "\\uFEFF", StringComparison.Ordinal)}\"";

    [GeneratedRegex(@"^[A-Za-z_/.][A-Za-z0-9_./()-]*\z")]
    private static partial Regex Plain();
}
