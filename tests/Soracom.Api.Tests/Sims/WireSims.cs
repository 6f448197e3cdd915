namespace Soracom.Api.Tests.Sims;

/// <summary>SIMs as the wire has them.</summary>
internal static class WireSims
{
    /// <summary>Every member that the definition names.</summary>
    public static object Full() => new
    {
        simId = "8981100000000000001",
        operatorId = "OP0012345678",
        type = "euicc",
        moduleType = "nano",
        status = "active",
        speedClass = "s1.standard",
        groupId = "2a2bd3f4-d4b6-4ab7-9ebb-0f9a8d5a1f10",
        tags = new Dictionary<string, string> { ["name"] = "冷蔵トラック 7", ["倉庫"] = "東京" },
        createdTime = 1_700_000_000_123,
        lastModifiedTime = 1_700_000_200_000,
        expiryTime = 1_800_000_000_000,
        expiryAction = "suspend",
        terminationEnabled = false,
        imeiLock = new { imei = "353000000000000" },
        capabilities = new { data = true, sms = true },
        activeProfileId = "8981100000000000001",
        profiles = new Dictionary<string, object>
        {
            ["8981100000000000001"] = new
            {
                iccid = "8981100000000000001",
                primaryImsi = "440101234567890",
                otaSupported = true,
                arcClientPeerPublicKey = "public",
                arcClientPeerPrivateKey = (string?)null,
                subscribers = new Dictionary<string, object>
                {
                    ["440101234567890"] = new
                    {
                        imsi = "440101234567890",
                        msisdn = "812345678901",
                        subscription = "plan-D",
                        bundles = new[] { "D-500MB" },
                        capabilities = new { data = true, sms = false },
                        status = "active",
                    },
                    ["999990000000001"] = new { imsi = "999990000000001", subscription = "planArc01", status = "active" },
                },
            },
        },
        sessionStatus = new
        {
            online = true,
            lastUpdatedAt = 1_700_000_150_000,
            sessionId = "session",
            imsi = "440101234567890",
            imei = "353000000000000",
            subscription = "plan-D",
            ueIpAddress = "10.0.0.2",
            dnsServers = new[] { "100.127.0.53", "100.127.1.53" },
            vpgId = "vpg",
            gatewayPrivateIpAddress = "100.64.0.1",
            gatewayPublicIpAddress = "192.0.2.1",
            placement = new { infrastructureProvider = "aws", region = "ap-northeast-1" },
            location = new { },
            cell = new { radioType = "LTE", mcc = 440, mnc = 10, lac = 1, ci = 2, rac = 3, sac = 4, tac = 5, eci = 27_447_297 },
        },
        previousSession = new
        {
            createdTime = 1_700_000_050_000,
            deletedTime = 1_700_000_100_000,
            sessionId = "previous",
            imsi = "440101234567890",
            imei = (string?)null,
            subscription = "plan-D",
            ueIpAddress = "10.0.0.1",
            dnsServers = new[] { "100.127.0.53" },
            vpgId = "vpg",
            gatewayPrivateIpAddress = "100.64.0.1",
            gatewayPublicIpAddress = "192.0.2.1",
            cell = new { radioType = "lte", mcc = 440, mnc = 10, tac = 5, eci = 27_447_298 },
        },
        arcSessionStatus = new
        {
            lastUpdatedAt = 1_700_000_150_000,
            arcServerEndpoint = "192.0.2.2:11010",
            arcServerPeerPublicKey = "server",
            arcClientPeerIpAddress = "10.0.0.3",
            arcClientPeerPublicKey = "client",
            arcAllowedIPs = new[] { "100.127.0.0/16" },
            vpgId = "vpg",
            gatewayPrivateIpAddress = "100.64.0.1",
            gatewayPublicIpAddress = "192.0.2.1",
            placement = new { infrastructureProvider = "aws", region = "ap-northeast-1" },
        },
        localInfo = new Dictionary<string, string> { ["imei"] = "353000000000000" },
        serialNumber = "AX0123",
        otaSerialNumber = "OTA0123",
        lastPortMappingCreatedTime = (long?)null,
        lastLocationUpdateTime = 1_700_000_150_000,
        renewalFeeStatusSetTime = 1_700_000_150_000,
        pcapStartTime = 1_700_000_150_000,
        pcapEndTime = 1_700_000_150_000,
        testmodeExhaustedTime = (long?)null,
    };

    /// <summary>The least that a SIM may be.</summary>
    public static object Of(string simId) => new { simId };
}
