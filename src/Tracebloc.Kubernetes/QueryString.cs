using System.Globalization;
using System.Text;

namespace Tracebloc.Kubernetes;

/// <summary>Collects what follows the question mark; what is null is left out.</summary>
internal sealed class QueryString
{
    private readonly StringBuilder _text = new();

    internal QueryString Add(string name, string? value)
    {
        return string.IsNullOrEmpty(value) ? this : AddWord(name, value);
    }

    /// <summary>Adds a value even when it is empty, as an argument of a command may be.</summary>
    internal QueryString AddWord(string name, string value)
    {
        _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    internal QueryString Add(string name, int? value) => Add(name, value?.ToString(CultureInfo.InvariantCulture));

    internal QueryString Add(WriteOptions options) =>
        Add("fieldManager", options.FieldManager).Add("dryRun", options.DryRun ? "All" : null);

    public override string ToString() => _text.ToString();
}
