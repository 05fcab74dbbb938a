using System.Net;
using Amazon.S3;
using Tracebloc.ModelUpload.Flow;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>A bucket of S3 with the account for it. Safe for concurrent use.</summary>
internal sealed class S3Store : IDisposable
{
    private readonly S3HttpClients _connections;
    private readonly AmazonS3Client _client;
    private readonly RetryRule _retry;
    private readonly TimeProvider _time;

    private S3Store(S3Settings settings, S3HttpClients connections, S3Faults faults, RetryRule retry, TimeProvider time)
    {
        (Settings, _connections, Faults, _retry, _time) = (settings, connections, faults, retry, time);
        _client = S3Client.Open(settings, connections);
    }

    public S3Settings Settings { get; }

    public S3Faults Faults { get; }

    public TimeProvider Time => _time;

    /// <summary>Bodies are not signed where TLS protects them.</summary>
    public bool IsEncrypted => S3Client.EndpointOf(Settings).Scheme == Uri.UriSchemeHttps;

    /// <exception cref="UploadException">The file of authorities cannot be read.</exception>
    public static S3Store Open(
        S3Settings settings, StoreRole role, ProxySettings? proxy, RetryRule retry, TimeProvider time)
    {
        try
        {
            var setting = role == StoreRole.Source ? "--source-custom-ca" : "--destination-custom-ca";
            var trust = ServerTrust.Of(settings.CustomCa, S3Client.HostOf(settings), setting: setting);
            return new S3Store(
                settings, new S3HttpClients(trust, proxy), new S3Faults(role, settings, trust, time), retry, time);
        }
        catch (CertificateFileException e)
        {
            throw new UploadException(UploadExit.Usage, e.Message, e);
        }
    }

    public S3Address At(string key) => new(Settings.Bucket, key);

    /// <summary>True where one service holds both and one account may read the one and write the other.</summary>
    public bool IsOneServiceWith(S3Store other) =>
        S3Client.EndpointOf(Settings) == S3Client.EndpointOf(other.Settings)
        && Settings.AccessKeyId == other.Settings.AccessKeyId
        && Settings.SecretAccessKey.Reveal() == other.Settings.SecretAccessKey.Reveal();

    /// <summary>One attempt within the deed's deadline.</summary>
    /// <exception cref="UploadException">No success.</exception>
    public async Task<T> CallAsync<T>(
        S3Deed deed,
        S3Address at,
        Func<IAmazonS3, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
    {
        using var deadline = new Deadline(deed.Limit, _time, cancellationToken);
        try
        {
            return await call(_client, deadline.Token);
        }
        catch (Exception e) when (S3Faults.IsKnown(e, cancellationToken))
        {
            throw Faults.Of(deed, at, e);
        }
    }

    /// <summary>Several attempts.</summary>
    /// <exception cref="UploadException">The last one failed.</exception>
    public Task<T> RepeatAsync<T>(
        S3Deed deed,
        S3Address at,
        Func<IAmazonS3, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken) =>
        _retry.RunAsync(token => CallAsync(deed, at, call, token), cancellationToken);

    /// <summary>Several attempts; null for what is not there.</summary>
    /// <exception cref="UploadException">The last one failed.</exception>
    public async Task<T?> FindAsync<T>(
        S3Deed deed,
        S3Address at,
        Func<IAmazonS3, CancellationToken, Task<T>> call,
        CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await RepeatAsync(deed, at, call, cancellationToken);
        }
        catch (UploadException e) when (IsAbsence(e.InnerException))
        {
            return null;
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _connections.Dispose();
    }

    private static bool IsAbsence(Exception? fault) =>
        fault is AmazonS3Exception { StatusCode: HttpStatusCode.NotFound, ErrorCode: not "NoSuchBucket" };
}
