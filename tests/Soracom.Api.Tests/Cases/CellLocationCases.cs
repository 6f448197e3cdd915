namespace Soracom.Api.Tests.Cases;

internal sealed class CellLocationCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("getCellLocation", 200, api => api.CallAsync("getCellLocation", query: "mcc=440&mnc=10&tac=5680&ecid=48872466")) { About = "LTE" },
        new("getCellLocation", 200, api => api.CallAsync("getCellLocation", query: "mcc=208&mnc=01&lac=196")) { About = "area" },
        new("getCellLocation", 404, api => api.CallAsync("getCellLocation", query: "mcc=999&mnc=10&lac=196")),
        new("batchGetCellLocations", 200, api => api.CallAsync("batchGetCellLocations", body: new object[]
        {
            new { mcc = "440", mnc = "10", tac = "5680", eci = "48872466", identifier = "a" }, new { mcc = "999", mnc = "01", lac = "1", identifier = "b" },
        })),
    ];
}
