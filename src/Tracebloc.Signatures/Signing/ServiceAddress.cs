namespace Tracebloc.Signatures.Signing;

/// <summary>Addresses of calls, from those that users give.</summary>
internal static class ServiceAddress
{
    /// <summary>The address of a path below the service's own.</summary>
    public static Uri Below(Uri service, string path) => new(service, service.AbsolutePath.TrimEnd('/') + path);

    /// <summary>The endpoint of a timestamp authority: as given, unless it has no path.</summary>
    public static Uri OfTimestamps(Uri service) =>
        service.AbsolutePath is "" or "/" ? new Uri(service, "/api/v1/timestamp") : service;
}
