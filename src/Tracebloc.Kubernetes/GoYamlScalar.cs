using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.Kubernetes;

/// <summary>The types that go-yaml gives to scalars.</summary>
internal enum GoYamlType
{
    Text,
    Null,
    Boolean,
    Number,

    /// <summary>A tag other than <c>!!str</c> sets the type.</summary>
    Tagged,
}

/// <summary>Types scalars as kubectl does: by YAML 1.1 as go-yaml v2 understands it.</summary>
/// <seealso href="https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go"/>
internal static partial class GoYamlScalar
{
    private static readonly string[] True = ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"];

    private static readonly string[] False =
        ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"];

    internal static GoYamlType TypeOf(YamlScalarNode node)
    {
        if (!node.Tag.IsEmpty)
            return node.Tag.Value == "tag:yaml.org,2002:str" ? GoYamlType.Text : GoYamlType.Tagged;
        if (node.Style != ScalarStyle.Plain) return GoYamlType.Text;
        return node.Value switch
        {
            null or "" or "~" or "null" or "Null" or "NULL" => GoYamlType.Null,
            var value when True.Contains(value) || False.Contains(value) => GoYamlType.Boolean,
            var value when IsNumber(value) => GoYamlType.Number,
            _ => GoYamlType.Text,
        };
    }

    /// <summary>The value of a scalar of type <see cref="GoYamlType.Boolean"/>.</summary>
    internal static bool IsTrue(YamlScalarNode node) => True.Contains(node.Value);

    /// <summary>True for the key whose value go-yaml merges into the mapping (<c>&lt;&lt;</c>).</summary>
    internal static bool IsMerge(YamlNode key) =>
        key is YamlScalarNode { Style: ScalarStyle.Plain, Value: "<<", Tag.IsEmpty: true };

    private static bool IsNumber(string value)
    {
        if (!char.IsAsciiDigit(value[0]) && value[0] is not ('+' or '-' or '.')) return false;
        var digits = value[0] == '.' ? value : value.Replace("_", "", StringComparison.Ordinal);
        if (Integer().IsMatch(digits) || NotFinite().IsMatch(value)) return true;
        // Go's ParseFloat fails where the number is too large, and then the scalar is text.
        return Float().IsMatch(digits) && double.IsFinite(double.Parse(digits, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(@"^[-+]?(0|[1-9][0-9]*|0[oO]?[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Float();

    [GeneratedRegex(@"^(\.nan|\.NaN|\.NAN|[-+]?(\.inf|\.Inf|\.INF))\z")]
    private static partial Regex NotFinite();
}
