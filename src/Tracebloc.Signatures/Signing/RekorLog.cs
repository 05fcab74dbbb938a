namespace Tracebloc.Signatures.Signing;

/// <summary>A transparency log of sigstore, by either version of its API.</summary>
internal sealed class RekorLog(ServiceClient client, Uri address, RekorVersion version)
{
    private const int AlreadyThere = 409;

    private static readonly KindVersion Dsse = new("dsse", "0.0.1");

    /// <summary>The entry of a signature.</summary>
    /// <exception cref="SigningException">The log did not take it, or answers with another entry.</exception>
    public async Task<LogEntry> LogAsync(Signature signature, CancellationToken cancellationToken)
    {
        var entry = version == RekorVersion.V1
            ? await LogV1Async(signature, cancellationToken)
            : await LogV2Async(signature, cancellationToken);
        var logged = LoggedSignature.Read(entry, out var fault);
        fault ??= logged?.FaultFor(signature.Content, signature.Certificate);
        return fault is null ? entry : throw Fault(fault);
    }

    private async Task<LogEntry> LogV1Async(Signature signature, CancellationToken cancellationToken)
    {
        var body = ServiceJson.Write(DsseEntryDocument.Of(signature), ServiceJson.Plain.DsseEntryDocument);
        var endpoint = ServiceAddress.Below(address, "/api/v1/log/entries");
        var answer = await client.SendAsync(ServiceCall.Post(endpoint, body), cancellationToken);
        if (answer is { Status: AlreadyThere, Location: { } location })
            answer = await client.SendAsync(ServiceCall.Get(PlaceOf(endpoint, location)), cancellationToken);
        if (!answer.IsOk)
            throw Fault(answer.Fault, answer.IsTransient);
        var entries = SigstoreJson.Read(
            answer.Body.Span, SigstoreJson.Default.DictionaryStringRekorEntry, out var fault);
        if (entries is null)
            throw Fault($"the answer is malformed: {fault}");
        return entries.Count == 1 && entries.Values.First()?.ToLogEntry(Dsse) is { } entry
            ? entry
            : throw Fault("the answer is not one entry with its proof");
    }

    private async Task<LogEntry> LogV2Async(Signature signature, CancellationToken cancellationToken)
    {
        var body = ServiceJson.Write(HashedEntryDocument.Of(signature), ServiceJson.Plain.HashedEntryDocument);
        var endpoint = ServiceAddress.Below(address, "/api/v2/log/entries");
        var answer = await client.SendAsync(ServiceCall.Post(endpoint, body), cancellationToken);
        if (!answer.IsOk)
            throw Fault(answer.Fault, answer.IsTransient);
        return SigstoreJson.Read(answer.Body.Span, SigstoreJson.Default.LogEntry, out var fault)
            ?? throw Fault($"the answer is malformed: {fault}");
    }

    // Only the log itself is asked, whatever host the answer names.
    private Uri PlaceOf(Uri endpoint, Uri location)
    {
        var place = new Uri(endpoint, location);
        return place.Authority == address.Authority && place.Scheme == address.Scheme
            ? place
            : new Uri(address, place.PathAndQuery);
    }

    private SigningException Fault(string reason, bool isTransient = false) =>
        new($"Entry in the log {address} is missing: {reason}", address, isTransient);
}
