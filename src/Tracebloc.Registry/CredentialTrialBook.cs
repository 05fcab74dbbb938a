using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>
/// The trials of a client's credentials by host. Clients that share a state do not share this: the bad secret of one
/// workload must not end the trials of another's.
/// </summary>
internal sealed class CredentialTrialBook
{
    private readonly ConcurrentDictionary<string, CredentialTrials> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public CredentialTrials Of(Uri root) => _hosts.GetOrAdd(root.AbsoluteUri, _ => new CredentialTrials());
}
