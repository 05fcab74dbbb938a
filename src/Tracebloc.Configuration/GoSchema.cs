using System.Globalization;
using System.Text.RegularExpressions;

namespace Tracebloc.Configuration;

/// <summary>
/// The types of plain values in go-yaml 2, which helm and kubectl use: YAML 1.1, with Go's numbers
/// (https://github.com/yaml/go-yaml/blob/v2.4.2/resolve.go). Dates and numbers to base 60 are text there.
/// </summary>
internal static partial class GoSchema
{
    public static ScalarType TypeOf(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "y" or "Y" or "yes" or "Yes" or "YES" or "true" or "True" or "TRUE" or "on" or "On" or "ON"
            or "n" or "N" or "no" or "No" or "NO" or "false" or "False" or "FALSE" or "off" or "Off" or "OFF" =>
            ScalarType.Boolean,
        _ => text[0] != '_' && IsNumber(text.Replace("_", "", StringComparison.Ordinal))
            ? ScalarType.Number
            : ScalarType.Text,
    };

    // Go's ParseFloat fails where a number is too large for it, and then the value is text.
    private static bool IsNumber(string text) =>
        Number().IsMatch(text)
        && !(double.TryParse(text, CultureInfo.InvariantCulture, out var value) && double.IsInfinity(value)
            && !text.Contains('n', StringComparison.OrdinalIgnoreCase));

    public static ScalarType TypeOfTag(string tag) => tag switch
    {
        "tag:yaml.org,2002:null" => ScalarType.Null,
        "tag:yaml.org,2002:bool" => ScalarType.Boolean,
        "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float" => ScalarType.Number,
        // Also the non-specific tag (!), dates, and every tag unknown to go-yaml.
        _ => ScalarType.Text,
    };

    // Decimals, then Go's other bases (octal without the o is a decimal here as well), then what is no number.
    [GeneratedRegex(
        @"^([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"
        + @"|[-+]?0[xX][0-9a-fA-F]+|[-+]?0[bB][-+]?[01]+|[-+]?0[oO][0-7]+"
        + @"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN))\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
