using Tracebloc.Net;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The file of a webhook's address, which is secret: it is not repeated, and goes out over TLS only.</summary>
internal static class WebhookFile
{
    /// <returns>The address; null where the file holds none that may be used.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Uri? Read(string file, out string fault)
    {
        fault = "";
        if (!HttpAddress.TryParse(File.ReadAllText(file).Trim(), out var address))
            fault = $"{file} holds no address; put https://host/path in it";
        else if (PlainHttp.IsExposed(address))
            fault = $"{file} {Exposed}";
        return fault.Length == 0 ? address : null;
    }

    /// <returns>Null also for a file without an address, which is a failed delivery and no fault of the run.</returns>
    public static string? FaultOf(string file)
    {
        try
        {
            return HttpAddress.TryParse(File.ReadAllText(file).Trim(), out var address) && PlainHttp.IsExposed(address)
                ? $"{file} {Exposed}"
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private const string Exposed =
        "holds an address with http://, which would send the secret unencrypted; use https://";
}
