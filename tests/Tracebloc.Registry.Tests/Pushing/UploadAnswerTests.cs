using System.Net;
using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class UploadAnswerTests
{
    [Theory]
    [InlineData("https://r.example/v2/", "/v2/app/blobs/uploads/1?s=a", "https://r.example/v2/app/blobs/uploads/1?s=a")]
    [InlineData("https://r.example/v2/", "http://r.example/u/1", "https://r.example/u/1")]
    [InlineData("https://r.example:5000/v2/", "https://r.example/u/1", "https://r.example:5000/u/1")]
    [InlineData("https://r.example:443/v2/", "https://r.example/u/1", "https://r.example/u/1")]
    [InlineData("https://r.example/v2/", "https://other.example/u/1", "https://other.example/u/1")]
    [InlineData("http://r.example:5000/v2/", "https://r.example/u/1", "https://r.example/u/1")]
    public void A_location_keeps_its_query_and_gets_back_scheme_and_port(string asked, string sent, string expected) =>
        Assert.Equal(expected, UploadAnswer.LocationOf(ReplyOf(asked, ("Location", sent)))?.AbsoluteUri);

    [Theory]
    [InlineData("0-1023", 1024L)]
    [InlineData("bytes=0-1023", 1024L)]
    [InlineData("0-0", 0L)]
    [InlineData("", null)]
    [InlineData("many", null)]
    public void A_range_states_the_bytes_that_are_stored(string range, long? stored) =>
        Assert.Equal(stored, UploadAnswer.StoredBytesOf(ReplyOf("https://r.example/", ("Range", range))));

    [Theory]
    [InlineData("https://r.example/u/1", "https://r.example/u/1?digest=sha256%3A")]
    [InlineData("https://r.example/u/1?s=a%2Bb", "https://r.example/u/1?s=a%2Bb&digest=sha256%3A")]
    public void The_digest_follows_the_query_of_the_location(string location, string expected) =>
        Assert.StartsWith(
            expected, UploadAnswer.WithDigest(new Uri(location), Digest.Of([])).AbsoluteUri, StringComparison.Ordinal);

    private static Reply ReplyOf(string asked, (string Name, string Value) header)
    {
        var response = new HttpResponseMessage(HttpStatusCode.Accepted);
        response.Headers.TryAddWithoutValidation(header.Name, header.Value);
        return Reply.Of(new Uri(asked), response, default);
    }
}
