export enum DeviceState {
	Provisioned = "provisioned",
	Online = "online",
	Offline = "offline",
	Retired = "retired",
}
