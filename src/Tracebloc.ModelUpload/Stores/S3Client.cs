using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Stores;

/// <summary>
/// The client of the AWS SDK, with every setting given, so that neither profiles nor variables nor the instance's
/// metadata have a say. It sends once: retries belong to <see cref="Flow.RetryRule"/>.
/// </summary>
internal static class S3Client
{
    private const string DefaultRegion = "us-east-1";

    public static string RegionOf(S3Settings settings) => settings.Region ?? DefaultRegion;

    public static Uri EndpointOf(S3Settings settings) =>
        settings.Endpoint ?? new Uri($"https://s3.{RegionOf(settings)}.amazonaws.com");

    public static string HostOf(S3Settings settings) => EndpointOf(settings).IdnHost;

    public static AmazonS3Client Open(S3Settings settings, S3HttpClients connections) =>
        new(CredentialsOf(settings), Configuration(settings, connections));

    private static AWSCredentials CredentialsOf(S3Settings settings) => settings.SessionToken is { } token
        ? new SessionAWSCredentials(settings.AccessKeyId, settings.SecretAccessKey.Reveal(), token.Reveal())
        : new BasicAWSCredentials(settings.AccessKeyId, settings.SecretAccessKey.Reveal());

    private static AmazonS3Config Configuration(S3Settings settings, S3HttpClients connections)
    {
        var configuration = new AmazonS3Config
        {
            HttpClientFactory = connections,
            DefaultConfigurationMode = DefaultConfigurationMode.Standard,
            IgnoreConfiguredEndpointUrls = true,
            AllowAutoRedirect = false,
            MaxErrorRetry = 0,
            MaxStaleConnectionRetries = 0,
            RetryMode = RequestRetryMode.Standard,
            ThrottleRetries = false,
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
            // Many services fail on the SDK's trailers (aws-sdk-net #3615); parts carry a digest of their own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            UseArnRegion = false,
            UseDualstackEndpoint = false,
            UseFIPSEndpoint = false,
            EndpointDiscoveryEnabled = false,
            DisableRequestCompression = true,
            DisableMultiregionAccessPoints = true,
            DisableS3ExpressSessionAuth = true,
            AccountIdEndpointMode = AccountIdEndpointMode.DISABLED,
            DisableLogging = true,
        };
        if (settings.Endpoint is { } endpoint)
        {
            configuration.ServiceURL = endpoint.GetLeftPart(UriPartial.Path);
            configuration.AuthenticationRegion = RegionOf(settings);
            configuration.ForcePathStyle = true;
        }
        else
        {
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(RegionOf(settings));
        }
        return configuration;
    }
}
