using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Agreement;

/// <summary>A key with a value other than its default, and what else must be given for it to matter.</summary>
internal sealed record OtherValue(string Path, string Value, string Given)
{
    public Release Without => new() { Values = Given };

    public Release With => Without with { Set = $"{Path}={Value}" };

    /// <summary>Those of other-values.yaml, by groups that need the same.</summary>
    public static IReadOnlyList<OtherValue> ReadAll() =>
    [
        .. Node.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, "other-values.yaml"))).Items
            .SelectMany(
                group => group["values"].Entries,
                (group, entry) => new OtherValue(entry.Key, entry.Value.Json, group["given"].Json)),
    ];
}
