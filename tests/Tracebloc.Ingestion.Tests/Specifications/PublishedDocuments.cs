namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>Documents in the form that customers of 0.3.9 have; each keeps its meaning.</summary>
internal static class PublishedDocuments
{
    private const string Head = "apiVersion: tracebloc.io/v1\nkind: IngestConfig\n";

    /// <summary>By the name of their subject.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["image_classification"] = Head + """
            category: image_classification
            table: leaves_train
            intent: train
            csv: /data/shared/leaves/labels.csv
            images: /data/shared/leaves/images
            label: disease
            """,
        ["object_detection"] = Head + """
            category: object_detection
            table: street_test
            intent: test
            csv: /data/shared/street/labels.csv
            images: /data/shared/street/images
            annotations: /data/shared/street/annotations
            label: vehicle
            """,
        ["keypoint_detection"] = Head + """
            category: keypoint_detection
            table: hands_train
            intent: train
            csv: /data/shared/hands/labels.csv
            images: /data/shared/hands/images
            target_size: [448, 448]
            number_of_keypoints: 9
            label: gesture
            """,
        ["semantic_segmentation"] = Head + """
            category: semantic_segmentation
            table: roads_train
            intent: train
            csv: /data/shared/roads/labels.csv
            images: /data/shared/roads/images
            masks: /data/shared/roads/masks
            label: surface
            spec:
              file_options: {target_size: [640, 480], extension: .png}
            """,
        ["text_classification"] = Head + """
            category: text_classification
            table: letters_train
            intent: train
            csv: /data/shared/letters/labels.csv
            texts: /data/shared/letters/texts
            label: {column: topic}
            """,
        ["token_classification"] = Head + """
            category: token_classification
            table: notes_train
            intent: train
            csv: /data/shared/notes/labels.csv
            texts: /data/shared/notes/texts
            label: tags
            """,
        ["masked_language_modeling"] = Head + """
            category: masked_language_modeling
            table: corpus_train
            intent: train
            csv: /data/shared/corpus/files.csv
            sequences: /data/shared/corpus/sequences
            """,
        ["tabular_classification"] = Head + """
            category: tabular_classification
            table: wines_train
            intent: train
            csv: /data/shared/wines.csv
            schema:
              acidity: FLOAT
              region: VARCHAR(40)
              vintage: INT
            label: grade
            data_id:
              strategy: column
              column: bottle
            """,
        ["tabular_regression"] = Head + """
            category: tabular_regression
            table: flats_train
            intent: train
            csv: /data/shared/flats.csv
            schema: {rooms: INT, area: FLOAT, rent: "DECIMAL(9,2)"}
            label: {column: rent, policy: bucket}
            """,
        ["time_series_forecasting"] = Head + """
            category: time_series_forecasting
            table: grid_train
            intent: train
            csv: /data/shared/grid.csv
            schema: {timestamp: TIMESTAMP, wind: FLOAT, load: FLOAT}
            label: {column: load, policy: passthrough}
            """,
        ["time_to_event_prediction"] = Head + """
            category: time_to_event_prediction
            table: trial_train
            intent: train
            csv: /data/shared/trial.csv
            schema: {weeks: FLOAT, age: INT, relapse: BOOL}
            time_column: weeks
            label: {column: relapse, policy: passthrough}
            """,
        ["custom_processor"] = Head + """
            category: tabular_classification
            table: sensors_train
            intent: train
            json: /data/shared/sensors.json
            schema: {celsius: FLOAT, site: VARCHAR(20)}
            label: state
            spec:
              csv_options: {chunk_size: 500}
              processors:
                - script: /data/shared/convert.py
                  class: Convert
                  args: {unit: celsius, digits: 2, strict: yes, limits: [-40, 85.5, null]}
            """,
    };
}
