namespace Tracebloc.Signatures.Signing;

/// <summary>
/// Signs payloads in DSSE envelopes, by a key or by the identity of a token, and collects what verifiers need into a
/// sigstore bundle. Whether the signature is by the expected signer is for <see cref="BundleVerifier"/> to verify.
/// Safe for concurrent use.
/// </summary>
public sealed class Signer : IDisposable
{
    private readonly SigningKey? _key;
    private readonly string _tokenFile;
    private readonly SigningServices _services;
    private readonly ServiceClient _client;

    private Signer(SigningKey? key, string tokenFile, SigningServices services, TimeProvider time)
    {
        if (services.FaultFor(isKeyless: key is null) is { } fault)
            throw new SigningException(fault);
        (_key, _tokenFile, _services) = (key, tokenFile, services);
        _client = new ServiceClient(services.Connection, time);
    }

    /// <summary>A signer by a key.</summary>
    /// <param name="key">The key, which stays the caller's.</param>
    /// <param name="services">The log and the timestamp authority; without them nothing is sent.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <exception cref="SigningException">The services do not suffice; the message has the remedy.</exception>
    public static Signer OfKey(SigningKey key, SigningServices services, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(services);
        return new Signer(key, "", services, time);
    }

    /// <summary>A signer by the identity of a token: each signature has a key and a certificate of its own.</summary>
    /// <param name="tokenFile">The file of the token, which is read for each signature.</param>
    /// <param name="services">Fulcio, and at least one of the log and the timestamp authority.</param>
    /// <param name="time">The clock of the deadlines.</param>
    /// <exception cref="SigningException">The services do not suffice; the message has the remedy.</exception>
    public static Signer Keyless(string tokenFile, SigningServices services, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrEmpty(tokenFile);
        ArgumentNullException.ThrowIfNull(services);
        return new Signer(key: null, tokenFile, services, time);
    }

    /// <summary>Signs a payload. Hash first: the certificate is valid for minutes.</summary>
    /// <param name="payload">The payload, such as <see cref="Models.ModelStatement.ToPayload"/>.</param>
    /// <param name="payloadType">The type of the payload, which is signed with it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="SigningException">A part of the signature could not be had.</exception>
    public async Task<SignedBundle> SignAsync(
        ReadOnlyMemory<byte> payload, string payloadType, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(payloadType);
        if (_key is { } key)
            return await WitnessAsync(Signature.Of(key, null, payload, payloadType), cancellationToken);
        if (_services.Fulcio is not { } address)
            throw new SigningException("Fulcio is missing: without a key, set its URL");
        var token = await IdentityToken.ReadFileAsync(_tokenFile, cancellationToken);
        using var ephemeral = SigningKey.Create();
        var certificate = await new Fulcio(_client, address).CertifyAsync(token, ephemeral, cancellationToken);
        return await WitnessAsync(Signature.Of(ephemeral, certificate, payload, payloadType), cancellationToken);
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async Task<SignedBundle> WitnessAsync(Signature signature, CancellationToken cancellationToken)
    {
        var timestamp = _services.TimestampAuthority is { } authority
            ? new TimestampService(_client, authority).StampAsync(signature.Content.Signature, cancellationToken)
            : null;
        var entry = _services.Rekor is { } log
            ? new RekorLog(_client, log, _services.RekorVersion).LogAsync(signature, cancellationToken)
            : null;
        await Task.WhenAll(timestamp ?? Task.CompletedTask, entry ?? Task.CompletedTask);
        return new SignedBundle(BundleWriter.Write(
            signature, entry is null ? null : await entry, timestamp is null ? null : await timestamp));
    }
}
