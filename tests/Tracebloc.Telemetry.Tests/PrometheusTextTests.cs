namespace Tracebloc.Telemetry.Tests;

public sealed class PrometheusTextTests
{
    [Fact]
    public void A_gauge_is_what_the_last_tick_says() =>
        Assert.Equal(
            "# HELP age Its age.\n# TYPE age gauge\nage{namespace=\"ns\",image=\"web\"} 1.5\n",
            Write(new(MetricType.Gauge, "age", "Its age.", [new(1.5, new Label("image", "web"))]),
                "age{namespace=\"ns\",image=\"web\"} 9\nage{namespace=\"ns\",image=\"gone\"} 9\n"));

    [Fact]
    public void A_counter_goes_on_from_what_was_written_before() =>
        Assert.Equal(
            """
            # HELP ticks_total Ticks.
            # TYPE ticks_total counter
            ticks_total{namespace="ns",exit_code="0"} 8
            ticks_total{namespace="ns",exit_code="12"} 3

            """,
            Write(new(MetricType.Counter, "ticks_total", "Ticks.", [new(1, new Label("exit_code", "0"))]),
                """
                ticks_total{namespace="ns",exit_code="0"} 7
                ticks_total{namespace="ns",exit_code="12"} 3
                """));

    [Fact]
    public void A_summary_adds_to_its_sum_and_its_count() =>
        Assert.Equal(
            "# HELP took How long.\n# TYPE took summary\n"
            + "took_count{namespace=\"ns\"} 3\ntook_sum{namespace=\"ns\"} 12\n",
            Write(new(MetricType.Summary, "took", "How long.", [new(2)]),
                "took_count{namespace=\"ns\"} 2\ntook_sum{namespace=\"ns\"} 10\n"));

    [Fact]
    public void A_histogram_has_its_buckets_in_the_order_of_their_bounds() =>
        Assert.Equal(
            """
            # HELP lag_seconds The lag.
            # TYPE lag_seconds histogram
            lag_seconds_bucket{namespace="ns",kind="Model",le="0.5"} 2
            lag_seconds_bucket{namespace="ns",kind="Model",le="10"} 3
            lag_seconds_bucket{namespace="ns",kind="Model",le="+Inf"} 4
            lag_seconds_sum{namespace="ns",kind="Model"} 61.5
            lag_seconds_count{namespace="ns",kind="Model"} 4

            """,
            Write(
                new(
                    MetricType.Histogram, "lag_seconds", "The lag.",
                    [new(61.5, new Label("kind", "Model")) { Count = 4, Buckets = [new(0.5, 2), new(10, 3)] }]),
                "lag_seconds_count{namespace=\"ns\",kind=\"Model\"} 9\n"));

    [Theory]
    [InlineData("")]
    [InlineData("what is this\nticks_total{ nonsense\n\n \n")]
    public void What_cannot_be_read_begins_anew(string earlier) =>
        Assert.EndsWith(
            "\nticks_total{namespace=\"ns\"} 1\n",
            Write(new(MetricType.Counter, "ticks_total", "Ticks.", [new(1)]), earlier));

    [Fact]
    public void What_has_a_meaning_in_a_label_is_escaped() =>
        Assert.Contains(
            """{namespace="ns",image="a\"b\\c\nd"} 1""",
            Write(new(MetricType.Gauge, "age", "", [new(1, new Label("image", "a\"b\\c\nd"))]), ""));

    private static string Write(Metric metric, string earlier) => PrometheusText.Write([metric], "ns", earlier);
}
