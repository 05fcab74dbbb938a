using Tracebloc.ModelUpload.Options;
using Tracebloc.Signatures;
using Tracebloc.Signatures.Signing;

namespace Tracebloc.ModelUpload.Signing;

/// <summary>The options of signing and the way to its services.</summary>
/// <param name="Settings">The options.</param>
/// <param name="StoragePath">The folder for the cache of TUF.</param>
/// <param name="Connection">The way to the services.</param>
/// <param name="Time">The clock.</param>
internal sealed record SigningMeans(
    SigningSettings Settings, string StoragePath, ServiceConnection Connection, TimeProvider Time)
{
    public SigningServices Services => new()
    {
        // A key needs no certificate.
        Fulcio = Settings.KeyPath is null ? Settings.FulcioUrl : null,
        Rekor = Settings.RekorUrl,
        RekorVersion = Settings.RekorVersion == 2 ? RekorVersion.V2 : RekorVersion.V1,
        TimestampAuthority = Settings.TsaUrl,
        Connection = Connection,
    };
}
