using System.Text;
using Tracebloc.Configuration;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>
/// Puts environment variables into the values of a file: <c>${NAME:default}</c>, where a default is used for a variable
/// that is not set, and <c>$$</c> for a dollar sign. A value that is written without quotes has the type of the result.
/// It is done on values and never on the file's text, so that no variable can add keys.
/// </summary>
/// <param name="variable">Looks a variable up; null when it is unset.</param>
/// <param name="errors">Receives variables that are not set and have no default; never a value.</param>
internal sealed class EnvironmentExpansion(Func<string, string?> variable, ConfigurationErrors errors)
{
    /// <summary>The mapping with its values expanded.</summary>
    public ConfigurationNode.Mapping Expand(ConfigurationNode.Mapping mapping) => mapping with
    {
        Entries = [.. mapping.Entries.Select(entry => entry with { Value = Expand(entry.Value) })],
    };

    private ConfigurationNode Expand(ConfigurationNode node) => node switch
    {
        ConfigurationNode.Mapping mapping => Expand(mapping),
        ConfigurationNode.Sequence list => list with { Items = [.. list.Items.Select(Expand)] },
        ConfigurationNode.Scalar scalar when scalar.Text.Contains('$') => Expand(scalar),
        _ => node,
    };

    private ConfigurationNode.Scalar Expand(ConfigurationNode.Scalar scalar)
    {
        var text = new StringBuilder();
        var rest = scalar.Text.AsSpan();
        while (rest.IndexOf('$') is >= 0 and var dollar)
        {
            text.Append(rest[..dollar]);
            rest = rest[(dollar + 1)..];
            if (rest is ['$', ..])
            {
                text.Append('$');
                rest = rest[1..];
            }
            else if (rest is ['{', ..] && rest.IndexOf('}') is > 0 and var end)
            {
                text.Append(ValueOf(rest[1..end].ToString(), scalar));
                rest = rest[(end + 1)..];
            }
            else
            {
                text.Append('$');
            }
        }

        var value = text.Append(rest).ToString();
        return scalar with { Text = value, Type = scalar.IsPlain ? YamlRules.Go.TypeOf(value) : scalar.Type };
    }

    private string ValueOf(string reference, ConfigurationNode.Scalar scalar)
    {
        var colon = reference.IndexOf(':');
        var name = colon < 0 ? reference : reference[..colon];
        if (variable(name) is { } value) return value;
        if (colon >= 0) return reference[(colon + 1)..];
        errors.Add(scalar, $"environment variable {name} is not set; set it, or write a default: ${{{name}:default}}");
        return "";
    }
}
