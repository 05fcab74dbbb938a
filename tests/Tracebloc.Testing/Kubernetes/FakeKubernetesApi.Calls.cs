namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    /// <summary>Every request in the order received, those included that were refused or dropped.</summary>
    public IReadOnlyList<FakeCall> Calls => _calls.Calls;

    /// <summary>The requests that asked for a change.</summary>
    public IReadOnlyList<FakeCall> Writes => [.. Calls.Where(call => call.IsWrite)];

    public int Count(string verb, string resource, string? name = null) =>
        Calls.Count(call => call.Verb == verb && call.Resource == resource && (name is null || call.Name == name));

    /// <summary>Forgets the calls so far, so that a test counts from here.</summary>
    public void ClearCalls() => _calls.Clear();

    /// <summary>Completes with the first call that meets the condition, be it past or yet to come.</summary>
    /// <remarks>The condition may ask for <see cref="FakeCall.Status"/>: a watch has one once it is open.</remarks>
    /// <exception cref="TimeoutException">None came within the options' bound; names those that did.</exception>
    public Task<FakeCall> WaitForCallAsync(Func<FakeCall, bool> condition, CancellationToken cancellationToken) =>
        _calls.WaitAsync(condition, cancellationToken);
}
