using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Tokens;

/// <summary>Mints and checks the tokens of runs: JSON Web Tokens with HS256 (RFC 7515, 7519).</summary>
internal sealed class RunToken(Secret key, TimeProvider time)
{
    public Secret Mint(RunClaims claims) => throw new NotImplementedException($"{key} {time} {claims}");

    /// <summary>The claims of a token; null for one that is forged, malformed or expired.</summary>
    public RunClaims? Check(string token) => throw new NotImplementedException($"{key} {time} {token.Length}");
}
