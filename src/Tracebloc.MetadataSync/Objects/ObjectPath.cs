namespace Tracebloc.MetadataSync.Objects;

/// <summary>An object as people write it.</summary>
internal static class ObjectPath
{
    /// <returns><c>team-a/churn</c>, or <c>churn</c>, or <c>without a name</c> where it is not known.</returns>
    public static string Of(string ns, string name) => (ns, name) switch
    {
        (_, "") => "without a name",
        ("", _) => name,
        _ => $"{ns}/{name}",
    };
}
