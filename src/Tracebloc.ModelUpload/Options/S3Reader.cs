using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The settings of one side's S3 service.</summary>
internal static class S3Reader
{
    /// <param name="options">The merged options.</param>
    /// <param name="side"><c>source</c> or <c>destination</c>.</param>
    public static S3Settings? Read(OptionReader options, string side)
    {
        var bucket = options.Required($"{side}-aws-bucket");
        var key = options.Required($"{side}-aws-key");
        return Read(options, side, new S3Address { Bucket = bucket?.Text, Key = key?.Text });
    }

    /// <summary>The account and service of an address; what the address lacks comes from the options.</summary>
    public static S3Settings? Read(OptionReader options, string side, S3Address address)
    {
        var id = options.Required($"{side}-aws-access-key-id");
        var secret = options.Required($"{side}-aws-secret-access-key");
        var endpoint = Endpoint(options, side, address.Endpoint, out var isWrong);
        var region = address.Region ?? options.Text($"{side}-aws-region")
            ?? options.Variable("AWS_REGION") ?? options.Variable("AWS_DEFAULT_REGION");
        var token = options.Secret($"{side}-aws-session-token");
        var authorities = options.ReadableFile($"{side}-custom-ca", PemMark.Certificate);
        if (address is not { Bucket: { } bucket, Key: { } key } || id is null || secret is null || isWrong) return null;
        return new S3Settings
        {
            Bucket = bucket,
            Key = key,
            Region = region,
            Endpoint = endpoint,
            AccessKeyId = id.Text,
            SecretAccessKey = options.Findings.Hide(secret.Text),
            SessionToken = token,
            CustomCa = authorities,
        };
    }

    private static Uri? Endpoint(OptionReader options, string side, string? ofAddress, out bool isWrong)
    {
        isWrong = false;
        var value = options.Find($"{side}-aws-endpoint");
        if ((ofAddress ?? value?.Text) is not { } text) return null;
        if (HttpEndpoint.TryParse(text, out var endpoint, out var remedy)) return endpoint;
        isWrong = true;
        options.Findings.Error(ofAddress is null
            ? $"{value}; {remedy}"
            : $"--{side}-uri has the endpoint \"{Line.Of(text)}\"; {remedy}");
        return null;
    }
}
