using Tracebloc.ModelUpload.Credentials;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Tests.Options;

/// <summary>A request that is complete, so that a test changes one thing.</summary>
internal static class Some
{
    public static IReadOnlyDictionary<string, string> Arguments { get; } = new Dictionary<string, string>
    {
        ["source-aws-bucket"] = "models",
        ["source-aws-key"] = "my-model",
        ["source-aws-access-key-id"] = "AKIA",
        ["source-aws-secret-access-key"] = "s3cret",
        ["destination-oci-uri"] = "quay.io/org/model:1",
        ["model-artifact-id"] = "6",
        ["registry-server-address"] = "http://registry:8080",
        ["registry-is-secure"] = "false",
    };

    /// <summary>The request with other arguments; an empty value takes one away.</summary>
    public static ReadResult Read(params (string Name, string Value)[] changes) => Read(FakeFiles.None, changes);

    public static ReadResult Read(IInputFiles files, params (string Name, string Value)[] changes) =>
        Read(files, [], changes);

    public static ReadResult Read(
        IInputFiles files, (string Name, string Value)[] environment, (string Name, string Value)[] changes)
    {
        var values = new Dictionary<string, string>(Arguments);
        foreach (var (name, value) in changes)
            values[name] = value;
        return RequestReader.Read(
            new RawOptions(values), environment.ToDictionary(pair => pair.Name, pair => pair.Value), files);
    }

    public static UploadRequest Request(params (string Name, string Value)[] changes) => Request(Read(changes));

    public static UploadRequest Request(ReadResult result)
    {
        Assert.Empty(result.Errors);
        return result.Request ?? throw new InvalidOperationException("There is no error and no request.");
    }

    public static string Error(params (string Name, string Value)[] changes) => Error(Read(changes));

    public static string Error(ReadResult result)
    {
        Assert.Null(result.Request);
        return Assert.Single(result.Errors);
    }
}
