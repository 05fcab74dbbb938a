using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

internal static class DigestText
{
    /// <summary>As <c>docker images</c> abbreviates it: enough to tell two apart, too little to pull by.</summary>
    public static string Short(this Digest digest) => $"{digest.Algorithm}:{digest.Hex[..12]}";
}
