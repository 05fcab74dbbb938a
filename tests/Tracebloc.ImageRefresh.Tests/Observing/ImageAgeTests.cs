using System.Globalization;
using System.Text.Json;
using Tracebloc.ImageRefresh.Observing;

namespace Tracebloc.ImageRefresh.Tests.Observing;

/// <summary>The time in an image's configuration.</summary>
public sealed class ImageAgeTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("1970-01-01T00:00:01Z")]
    [InlineData("1980-01-01T00:00:00Z")]
    [InlineData("1980-01-01T00:00:01Z")]
    [InlineData("1980-01-01T02:00:01+02:00")]
    [InlineData("0001-01-01T00:00:00Z")]
    public void A_time_that_reproducible_builds_write_is_none(string created) => Assert.Null(CreatedAt(created));

    [Theory]
    [InlineData("1980-01-01T00:00:02Z")]
    [InlineData("2026-01-31T12:00:00.123Z")]
    public void Any_later_time_is_that_of_the_build(string created) =>
        Assert.Equal(DateTimeOffset.Parse(created, CultureInfo.InvariantCulture), CreatedAt(created));

    private static DateTimeOffset? CreatedAt(string created) => JsonSerializer.Deserialize(
        $$"""{"created": "{{created}}"}""", ImageConfigurationContext.Default.ImageConfiguration)!.Created;
}
