using Tracebloc.Configuration;

namespace Tracebloc.Cli.Finding;

/// <summary>A token for jobs-manager. A class, since a record would compare and print it.</summary>
/// <param name="value">The token.</param>
/// <param name="account">The service account that it belongs to.</param>
/// <param name="secret">The Secret that holds it; null where the API server made it.</param>
/// <param name="expires">The end of its life as granted; null where it does not end.</param>
internal sealed class SubmissionToken(Secret value, string account, string? secret, DateTimeOffset? expires)
{
    public Secret Value => value;

    public string Account => account;

    public string? Secret => secret;

    public DateTimeOffset? Expires => expires;
}
