namespace Tracebloc.ModelUpload.Stores;

/// <summary>Addresses as messages show them: queries hold the signatures of pre-signed addresses.</summary>
internal static class WebName
{
    /// <summary><c>https://host/path</c>, and <c>?…</c> where a query follows.</summary>
    public static string Of(Uri address) =>
        $"{address.Scheme}://{address.Authority}{address.AbsolutePath}{(address.Query.Length > 1 ? "?…" : "")}";
}
