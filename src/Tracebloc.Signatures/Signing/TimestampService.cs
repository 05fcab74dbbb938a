using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace Tracebloc.Signatures.Signing;

/// <summary>A timestamp authority (RFC 3161 over HTTP, section 3.4).</summary>
internal sealed class TimestampService(ServiceClient client, Uri address)
{
    private const int NonceSize = 8;

    private readonly Uri _endpoint = ServiceAddress.OfTimestamps(address);

    /// <summary>The authority's response over a signature, whole, as bundles hold it.</summary>
    /// <exception cref="SigningException">There is none, or one about something else.</exception>
    public async Task<byte[]> StampAsync(byte[] signature, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        nonce[0] = (byte)((nonce[0] & 0x7F) | 0x40); // A positive number without leading zeros.
        var request = Rfc3161TimestampRequest.CreateFromHash(
            SHA256.HashData(signature), HashAlgorithmName.SHA256, null, nonce, requestSignerCertificates: true);
        var answer = await client.SendAsync(
            ServiceCall.Post(_endpoint, request.Encode()) with
            {
                ContentType = "application/timestamp-query",
                Accept = "application/timestamp-reply",
            },
            cancellationToken);
        if (!answer.IsOk)
            throw Fault(answer.Fault, answer.IsTransient);
        var response = answer.Body.ToArray();
        return IsOf(request, response) ? response : throw Fault("the answer is not a timestamp of this signature");
    }

    private static bool IsOf(Rfc3161TimestampRequest request, byte[] response)
    {
        try
        {
            request.ProcessResponse(response, out var length);
            return length == response.Length;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private SigningException Fault(string reason, bool isTransient = false) =>
        new($"Timestamp from {address} is missing: {reason}", address, isTransient);
}
